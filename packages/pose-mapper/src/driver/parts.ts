import { POSE_NAMES } from '../pose/names.ts';
import { BLENDSHAPE_NAMES } from '../sample/blendshape-names.ts';
import type { FacePart } from '../sample/face-sample.ts';
import type { OneEuroSettings } from '../smoothing/one-euro.ts';

/** The parts of a face, in the order of the arrays that hold one number for each. */
export const PARTS: readonly FacePart[] = ['brows', 'eyes', 'gaze', 'mouth', 'head'];

/** What is filtered of a sample: the 52 channels, then pitch, yaw, roll of the head, then pitch and yaw of the eyes. */
export const ROTATION_AT = 52;
export const GAZE_AT = 55;
export const SIGNAL_COUNT = 57;

/** Which part each filtered signal belongs to: its place in `PARTS`. `[57]`. */
export const PART_OF_SIGNAL: readonly number[] = [
  ...BLENDSHAPE_NAMES.map((name) => PARTS.indexOf(partOfChannel(name))),
  4,
  4,
  4,
  2,
  2,
];

/** Which part drives each number of a pose: its place in `PARTS`; -1 for breathing, which no tracker sees. `[45]`. */
export const PART_OF_POSE: readonly number[] = POSE_NAMES.map((name) => {
  if (name.startsWith('eyebrow')) return 0;
  if (name.startsWith('iris_rotation')) return 2;
  if (name.startsWith('eye') || name.startsWith('iris')) return 1;
  if (name.startsWith('mouth')) return 3;
  return name === 'breathing' ? -1 : 4;
});

const BROWS: OneEuroSettings = { minCutoff: 1.5, beta: 2, speedCutoff: 3 };
const EYES: OneEuroSettings = { minCutoff: 4, beta: 5, speedCutoff: 10 };
const GAZE: OneEuroSettings = { minCutoff: 2.5, beta: 4, speedCutoff: 6 };
const MOUTH: OneEuroSettings = { minCutoff: 3, beta: 3, speedCutoff: 5 };
/** Slow on purpose: a blink must not toggle between shut and happily shut. */
const SMILE: OneEuroSettings = { minCutoff: 1.5, beta: 1, speedCutoff: 3 };
const HEAD: OneEuroSettings = { minCutoff: 1.5, beta: 16, speedCutoff: 3 };

/** How each signal is smoothed (channels in units/s, angles in radians/s). `[57]`. */
export const SIGNAL_SMOOTHING: readonly OneEuroSettings[] = PART_OF_SIGNAL.map((part, signal) =>
  BLENDSHAPE_NAMES[signal]?.startsWith('mouthSmile')
    ? SMILE
    : ([BROWS, EYES, GAZE, MOUTH, HEAD][part] as OneEuroSettings),
);

function partOfChannel(name: string): FacePart {
  if (name.startsWith('brow') || name.startsWith('noseSneer')) return 'brows';
  if (name.startsWith('eyeLook')) return 'gaze';
  return name.startsWith('eye') || name.startsWith('cheekSquint') ? 'eyes' : 'mouth';
}
