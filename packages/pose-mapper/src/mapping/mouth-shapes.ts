/** Weight of the sum of the vowels in the fit: it prefers few of them. */
export const VOWEL_COST = 0.01;

/**
 * What the four fitted vowels (aaa, iii, uuu, ooo) look like, rows of (mouth open, lower lip down, funnel, pucker).
 * Source: `mediapipe_face_pose_converter_00.py` of the THA4 demo.
 */
export const VOWEL_SHAPES: readonly (readonly [number, number, number, number])[] = [
  [1, 1, 0, 0],
  [0, 1, 0, 0],
  [0.5, 0.3, 0.25, 0.75],
  [1, 0.5, 0.5, 0.4],
];
