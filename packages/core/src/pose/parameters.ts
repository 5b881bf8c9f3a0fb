/** What a parameter moves, as a person would group the sliders. */
export type PoseGroup = 'eyebrow' | 'eye' | 'iris' | 'mouth' | 'head' | 'body' | 'breathing';

/** Which side of the character (its own left and right), or `null` for what has no side. */
export type PoseSide = 'left' | 'right' | null;

/** `face` parameters (0..38) drive the face morpher; `body` ones (39..44) only the body morpher. */
export type PoseCategory = 'face' | 'body';

/** One of the 45 numbers of a pose. */
export interface PoseParameter {
  /** Place in the pose vector, 0..44. */
  readonly index: number;
  /** Name in the original, e.g. `eye_wink_left`. */
  readonly name: string;
  /** Name without its side, e.g. `eye_wink`: what left and right have in common. */
  readonly base: string;
  readonly group: PoseGroup;
  readonly side: PoseSide;
  readonly category: PoseCategory;
  /** Smallest value, 0 or -1. */
  readonly min: number;
  /** Largest value, 1. */
  readonly max: number;
  /** What it does at its largest value, in plain words. */
  readonly label: string;
}

/** How many numbers a pose has. */
export const POSE_SIZE = 45;

/** How many of them, from the front, are the face's. */
export const FACE_POSE_SIZE = 39;

// [base name, group, label, two-sided, signed], in the order of the pose vector.
const TABLE: readonly (readonly [string, PoseGroup, string, boolean?, boolean?])[] = [
  ['eyebrow_troubled', 'eyebrow', 'Troubled', true],
  ['eyebrow_angry', 'eyebrow', 'Angry', true],
  ['eyebrow_lowered', 'eyebrow', 'Lowered', true],
  ['eyebrow_raised', 'eyebrow', 'Raised', true],
  ['eyebrow_happy', 'eyebrow', 'Happy', true],
  ['eyebrow_serious', 'eyebrow', 'Serious', true],
  ['eye_wink', 'eye', 'Closed', true],
  ['eye_happy_wink', 'eye', 'Closed, happy', true],
  ['eye_surprised', 'eye', 'Surprised', true],
  ['eye_relaxed', 'eye', 'Relaxed', true],
  ['eye_unimpressed', 'eye', 'Unimpressed', true],
  ['eye_raised_lower_eyelid', 'eye', 'Lower lid raised', true],
  ['iris_small', 'iris', 'Small', true],
  ['mouth_aaa', 'mouth', 'Aaa'],
  ['mouth_iii', 'mouth', 'Iii'],
  ['mouth_uuu', 'mouth', 'Uuu'],
  ['mouth_eee', 'mouth', 'Eee'],
  ['mouth_ooo', 'mouth', 'Ooo'],
  ['mouth_delta', 'mouth', 'Delta'],
  ['mouth_lowered_corner', 'mouth', 'Corner lowered', true],
  ['mouth_raised_corner', 'mouth', 'Corner raised', true],
  ['mouth_smirk', 'mouth', 'Smirk'],
  ['iris_rotation_x', 'iris', 'Look up / down', false, true],
  ['iris_rotation_y', 'iris', 'Look left / right', false, true],
  ['head_x', 'head', 'Pitch', false, true],
  ['head_y', 'head', 'Yaw', false, true],
  ['neck_z', 'head', 'Roll', false, true],
  ['body_y', 'body', 'Yaw', false, true],
  ['body_z', 'body', 'Roll', false, true],
  ['breathing', 'breathing', 'Breathing'],
];

/**
 * The 45 parameters, in the order of the pose vector.
 *
 * Left and right are the character's own. `head_x`, `iris_rotation_x` turn about the horizontal axis (pitch),
 * `head_y`, `body_y`, `iris_rotation_y` about the vertical one (yaw), `neck_z`, `body_z` in the picture (roll).
 * Source: `tha4/poser/modes/pose_parameters.py` of the THA4 demo. Its default of 1 for `mouth_aaa` is
 * user-interface metadata; the neutral pose is all zeros.
 */
export const POSE_PARAMETERS: readonly PoseParameter[] = TABLE.flatMap(([base, group, label, sided, signed]) =>
  (sided ? (['left', 'right'] as const) : [null]).map((side) => ({
    base,
    group,
    label,
    side,
    signed: signed === true,
  })),
).map(({ base, group, label, side, signed }, index) => ({
  index,
  name: side === null ? base : `${base}_${side}`,
  base,
  group,
  side,
  category: index < FACE_POSE_SIZE ? 'face' : 'body',
  min: signed ? -1 : 0,
  max: 1,
  label,
}));

/** The parameter of that name, or `null` where there is none. */
export function poseParameter(name: string): PoseParameter | null {
  return BY_NAME.get(name) ?? null;
}

const BY_NAME: ReadonlyMap<string, PoseParameter> = new Map(POSE_PARAMETERS.map((p) => [p.name, p]));
