import { POSE_PARAMETERS } from './parameters.ts';

/** Names of the ready-made poses. */
export const POSE_PRESETS = [
  'neutral',
  'smile',
  'surprised',
  'angry',
  'sad',
  'wink',
  'aaa',
  'iii',
  'uuu',
  'eee',
  'ooo',
] as const;

export type PosePreset = (typeof POSE_PRESETS)[number];

/** A ready-made pose, owned by the caller. */
export function presetPose(preset: PosePreset): Float32Array {
  const values = VALUES[preset];
  return Float32Array.from(POSE_PARAMETERS, ({ name, base }) => values[name] ?? values[base] ?? 0);
}

/** Whether a text is the name of a ready-made pose. */
export function isPosePreset(name: string): name is PosePreset {
  return (POSE_PRESETS as readonly string[]).includes(name);
}

// A name without its side sets both sides. Within the eyebrows, the eyes and the mouth the weights sum to at most 1 per
// side, as in the poses that the teacher was trained on.
const VALUES: Readonly<Record<PosePreset, Readonly<Record<string, number>>>> = {
  neutral: {},
  smile: { eyebrow_happy: 1, eye_happy_wink: 1, mouth_raised_corner: 1 },
  surprised: { eyebrow_raised: 1, eye_surprised: 1, iris_small: 0.3, mouth_ooo: 0.8 },
  angry: { eyebrow_angry: 1, eye_unimpressed: 0.4, mouth_lowered_corner: 0.8 },
  sad: { eyebrow_troubled: 1, eye_relaxed: 0.5, mouth_lowered_corner: 1, head_x: -0.3 },
  wink: { eyebrow_happy: 0.5, eye_wink_left: 1, mouth_raised_corner: 0.8 },
  aaa: { mouth_aaa: 1 },
  iii: { mouth_iii: 1 },
  uuu: { mouth_uuu: 1 },
  eee: { mouth_eee: 1 },
  ooo: { mouth_ooo: 1 },
};
