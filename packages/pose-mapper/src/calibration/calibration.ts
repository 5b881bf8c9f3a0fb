import type { BlendshapeName } from '../sample/blendshape-names.ts';
import type { Gaze, HeadRotation } from '../sample/face-sample.ts';

/** What one channel reads on this person with this camera: at rest, and at the most that the person does. */
export interface ChannelRange {
  readonly rest: number;
  readonly full: number;
}

/** What was learnt about a person in front of a camera. Plain data; `JSON.stringify` saves it, `parseCalibration` reads it. */
export interface Calibration {
  readonly format: 'tha4-calibration';
  readonly version: 1;
  /** What the head reads when the person looks straight at where the character should look, radians. */
  readonly straight: HeadRotation;
  /** What the eyes read then, in units of the `eyeLook*` blendshapes: + is nose-down and the person's own left, as `Gaze`. */
  readonly gaze: Gaze;
  /** Ranges of the channels that were fitted; the others are taken as they come. */
  readonly ranges: Readonly<Partial<Record<BlendshapeName, ChannelRange>>>;
}

/** Nothing learnt: angles and channels as they come. */
export const NO_CALIBRATION: Calibration = {
  format: 'tha4-calibration',
  version: 1,
  straight: { pitch: 0, yaw: 0, roll: 0 },
  gaze: { pitch: 0, yaw: 0 },
  ranges: {},
};
