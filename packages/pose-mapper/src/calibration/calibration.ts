import type { FaceMetrics } from '../landmarks/face-metrics.ts';
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
  /** What the eyes read then, in the units of the `eyeLook*` blendshapes; signs as `Gaze`. */
  readonly gaze: Gaze;
  /** Ranges of the channels that were fitted; the others are taken as they come. */
  readonly ranges: Readonly<Partial<Record<BlendshapeName, ChannelRange>>>;
  /** How much one thing looks like another, on ranged channels: a smile narrows the eyes, shut eyes lift the mouth's corners. */
  readonly crosstalk: Crosstalk;
  /** Sizes in the face at rest, for the channels read from landmarks; `null` where the source gives none: they are then guessed while tracking. */
  readonly metrics: Readonly<FaceMetrics> | null;
}

/** Shares that are taken off again, 0..0.8. */
export interface Crosstalk {
  /** `eyeBlink*` that a full smile reads. */
  readonly blinkOfSmile: number;
  /** `mouthSmile*` that shut eyes read. */
  readonly smileOfBlink: number;
}

/** Nothing learnt: angles and channels as they come, crosstalk as it usually is. */
export const NO_CALIBRATION: Calibration = {
  format: 'tha4-calibration',
  version: 1,
  straight: { pitch: 0, yaw: 0, roll: 0 },
  gaze: { pitch: 0, yaw: 0 },
  ranges: {},
  crosstalk: { blinkOfSmile: 0.12, smileOfBlink: 0.06 },
  metrics: null,
};

/** What a fitted channel at its fullest counts as: a little more than the mapping's thresholds ask for. Others count as 1. */
export const NOMINAL_FULL: Readonly<Partial<Record<BlendshapeName, number>>> = {
  eyeBlinkLeft: 0.9,
  eyeBlinkRight: 0.9,
  mouthSmileLeft: 0.85,
  mouthSmileRight: 0.85,
  jawOpen: 0.5,
};
