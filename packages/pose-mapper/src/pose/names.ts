/** How many numbers a pose has. */
export const POSE_SIZE = 45;

/** The 45 numbers of a pose, in order; the same as `POSE_PARAMETERS` of `@tha4/core`, repeated so that this package needs nothing. */
export const POSE_NAMES = [
  'eyebrow_troubled_left',
  'eyebrow_troubled_right',
  'eyebrow_angry_left',
  'eyebrow_angry_right',
  'eyebrow_lowered_left',
  'eyebrow_lowered_right',
  'eyebrow_raised_left',
  'eyebrow_raised_right',
  'eyebrow_happy_left',
  'eyebrow_happy_right',
  'eyebrow_serious_left',
  'eyebrow_serious_right',
  'eye_wink_left',
  'eye_wink_right',
  'eye_happy_wink_left',
  'eye_happy_wink_right',
  'eye_surprised_left',
  'eye_surprised_right',
  'eye_relaxed_left',
  'eye_relaxed_right',
  'eye_unimpressed_left',
  'eye_unimpressed_right',
  'eye_raised_lower_eyelid_left',
  'eye_raised_lower_eyelid_right',
  'iris_small_left',
  'iris_small_right',
  'mouth_aaa',
  'mouth_iii',
  'mouth_uuu',
  'mouth_eee',
  'mouth_ooo',
  'mouth_delta',
  'mouth_lowered_corner_left',
  'mouth_lowered_corner_right',
  'mouth_raised_corner_left',
  'mouth_raised_corner_right',
  'mouth_smirk',
  'iris_rotation_x',
  'iris_rotation_y',
  'head_x',
  'head_y',
  'neck_z',
  'body_y',
  'body_z',
  'breathing',
] as const;

/** One of the 45 names. */
export type PoseName = (typeof POSE_NAMES)[number];

/** Place of each name in a pose, 0..44. */
export const POSE: Readonly<Record<PoseName, number>> = Object.fromEntries(
  POSE_NAMES.map((name, index) => [name, index]),
) as Record<PoseName, number>;

const SIGNED: ReadonlySet<number> = new Set(
  (['iris_rotation_x', 'iris_rotation_y', 'head_x', 'head_y', 'neck_z', 'body_y', 'body_z'] as const).map(
    (name) => POSE[name],
  ),
);

/** Smallest value of each parameter: -1 for angles, 0 for the others. The largest is 1 for all. */
export const POSE_MIN: readonly number[] = POSE_NAMES.map((_, index) => (SIGNED.has(index) ? -1 : 0));
