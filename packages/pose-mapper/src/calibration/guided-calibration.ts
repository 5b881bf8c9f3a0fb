import type { FaceSample } from '../sample/face-sample.ts';
import type { Calibration } from './calibration.ts';

/** What the person is asked to do, in order: look straight with a calm face; shut both eyes; smile; open the mouth. */
export type CalibrationStep = 'neutral' | 'blink' | 'smile' | 'open';

/** How far the ten seconds are. Plain data, so a page only draws it. */
export interface CalibrationProgress {
  /**
   * `waiting`: no face seen yet, the time stands still; `ready`: the step is shown, nothing is measured yet;
   * `measuring`: hold it; `done`: `calibration` is there.
   */
  readonly phase: 'waiting' | 'ready' | 'measuring' | 'done';
  readonly step: CalibrationStep;
  /** 0..1 of the current step. */
  readonly stepProgress: number;
  /** 0..1 of the whole. */
  readonly progress: number;
  /** Steps that brought nothing (the person did not do it, or the tracker did not see it): those channels keep their usual range. */
  readonly unclear: readonly CalibrationStep[];
  /** The result, when `phase` is `done`. */
  readonly calibration: Calibration | null;
}

/** The guided ten seconds: feed it samples, or the bare time where there is no face, and draw what it answers. */
export interface GuidedCalibration {
  observe(sample: FaceSample): CalibrationProgress;
  /** Time passes without a face. */
  lost(timeMs: number): CalibrationProgress;
}
