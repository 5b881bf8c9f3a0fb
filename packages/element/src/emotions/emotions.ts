/** A part of a pose: parameters by name; a name without its side, e.g. `eye_wink`, means both. */
export type PartialPose = Readonly<Record<string, number>>;

/** Name of an emotion. */
export type Emotion =
  | 'admiration'
  | 'amusement'
  | 'anger'
  | 'annoyance'
  | 'approval'
  | 'caring'
  | 'confusion'
  | 'curiosity'
  | 'desire'
  | 'disappointment'
  | 'disapproval'
  | 'disgust'
  | 'embarrassment'
  | 'excitement'
  | 'fear'
  | 'gratitude'
  | 'grief'
  | 'joy'
  | 'love'
  | 'nervousness'
  | 'optimism'
  | 'pride'
  | 'realization'
  | 'relief'
  | 'remorse'
  | 'sadness'
  | 'surprise'
  | 'neutral';

/**
 * How a character shows each of the 28 emotions of GoEmotions (neutral among them), so that whatever labels the sentences
 * of a chat can drive it by name. What speaks, breathes and blinks goes on under it.
 *
 * Names: Demszky et al. 2020, "GoEmotions: A Dataset of Fine-Grained Emotions". The poses are ours.
 */
export const EMOTIONS: Readonly<Record<Emotion, PartialPose>> = {
  admiration: { eyebrow_raised: 0.5, eye_raised_lower_eyelid: 0.3, mouth_raised_corner: 0.7, head_x: 0.15 },
  amusement: { eyebrow_happy: 0.8, eye_happy_wink: 0.6, mouth_raised_corner: 0.8, mouth_aaa: 0.3 },
  anger: { eyebrow_angry: 1, eye_unimpressed: 0.2, mouth_lowered_corner: 0.8, mouth_iii: 0.2, head_x: -0.15 },
  annoyance: { eyebrow_angry: 0.5, eye_unimpressed: 0.5, mouth_lowered_corner: 0.5, iris_rotation_y: 0.3 },
  approval: { eyebrow_happy: 0.3, mouth_raised_corner: 0.6, head_x: -0.1 },
  caring: { eyebrow_troubled: 0.3, eye_relaxed: 0.4, mouth_raised_corner: 0.6, neck_z: 0.25 },
  confusion: { eyebrow_troubled_left: 0.7, eyebrow_raised_right: 0.6, mouth_lowered_corner: 0.3, neck_z: 0.4 },
  curiosity: { eyebrow_raised: 0.7, eye_surprised: 0.3, mouth_ooo: 0.15, neck_z: -0.3, head_y: 0.15 },
  desire: { eye_relaxed: 0.5, eye_raised_lower_eyelid: 0.4, mouth_raised_corner: 0.4, mouth_aaa: 0.1, head_x: 0.1 },
  disappointment: {
    eyebrow_troubled: 0.7,
    eye_relaxed: 0.4,
    mouth_lowered_corner: 0.7,
    iris_rotation_x: -0.4,
    head_x: -0.3,
  },
  disapproval: { eyebrow_lowered: 0.7, eye_unimpressed: 0.7, mouth_lowered_corner: 0.6, head_y: 0.15 },
  disgust: {
    eyebrow_angry: 0.6,
    eye_unimpressed: 0.6,
    eye_raised_lower_eyelid: 0.5,
    mouth_lowered_corner: 1,
    head_y: 0.3,
  },
  embarrassment: {
    eyebrow_troubled: 0.8,
    eye_raised_lower_eyelid: 0.3,
    mouth_uuu: 0.2,
    iris_rotation_y: 0.5,
    iris_rotation_x: -0.3,
    head_x: -0.2,
  },
  excitement: { eyebrow_raised: 0.8, eye_surprised: 0.6, mouth_aaa: 0.6, mouth_raised_corner: 0.9, head_x: 0.1 },
  fear: {
    eyebrow_troubled: 1,
    eye_surprised: 0.7,
    iris_small: 0.5,
    mouth_eee: 0.4,
    mouth_lowered_corner: 0.5,
    head_x: 0.1,
  },
  gratitude: { eyebrow_happy: 0.6, eye_happy_wink: 0.9, mouth_raised_corner: 0.7, head_x: -0.35 },
  grief: { eyebrow_troubled: 1, eye_wink: 0.8, mouth_lowered_corner: 1, mouth_eee: 0.2, head_x: -0.5 },
  joy: { eyebrow_happy: 0.8, eye_happy_wink: 0.4, mouth_raised_corner: 1, mouth_aaa: 0.4 },
  love: { eyebrow_happy: 0.6, eye_relaxed: 0.3, eye_raised_lower_eyelid: 0.5, mouth_raised_corner: 0.8, neck_z: 0.3 },
  nervousness: { eyebrow_troubled: 0.6, eye_surprised: 0.2, iris_small: 0.3, mouth_iii: 0.3, iris_rotation_y: -0.3 },
  optimism: { eyebrow_raised: 0.4, mouth_raised_corner: 0.8, iris_rotation_x: 0.3, head_x: 0.2 },
  pride: { eyebrow_serious: 0.4, eye_relaxed: 0.4, mouth_smirk: 0.6, mouth_raised_corner: 0.5, head_x: 0.35 },
  realization: { eyebrow_raised: 0.9, eye_surprised: 0.4, mouth_ooo: 0.3, iris_rotation_x: 0.3 },
  relief: { eyebrow_happy: 0.3, eye_wink: 0.7, mouth_raised_corner: 0.5, mouth_uuu: 0.2, head_x: -0.15 },
  remorse: { eyebrow_troubled: 0.9, eye_relaxed: 0.5, mouth_lowered_corner: 0.6, iris_rotation_x: -0.6, head_x: -0.4 },
  sadness: { eyebrow_troubled: 0.9, eye_relaxed: 0.5, mouth_lowered_corner: 0.9, head_x: -0.3, neck_z: 0.1 },
  surprise: { eyebrow_raised: 1, eye_surprised: 1, mouth_ooo: 0.7, head_x: 0.1 },
  neutral: {},
};

export function isEmotion(name: string): name is Emotion {
  return Object.hasOwn(EMOTIONS, name);
}
