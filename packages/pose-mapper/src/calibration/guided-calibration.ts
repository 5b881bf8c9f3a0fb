import { checkSample, checkTime } from '../sample/check-sample.ts';
import type { FaceSample } from '../sample/face-sample.ts';
import type { Calibration } from './calibration.ts';
import { fitCalibration, type Observation } from './fit-calibration.ts';
import { Observer } from './observer.ts';

/** What the person is asked to do, in order: look straight with a calm face; shut both eyes; smile; open the mouth. */
export type CalibrationStep = 'neutral' | 'blink' | 'smile' | 'open';

/** The steps in their order. */
export const CALIBRATION_STEPS: readonly CalibrationStep[] = ['neutral', 'blink', 'smile', 'open'];

/** How long each step is shown before it is measured, and how long it is measured: ten seconds in all. */
const READY_MS = 1000;
const MEASURE_MS = 1500;
const STEP_MS = READY_MS + MEASURE_MS;
const TOTAL_MS = STEP_MS * CALIBRATION_STEPS.length;
/** Time between two samples that counts at most: over a lost face the clock stands still. */
const LONGEST_GAP_MS = 300;

/** How far the ten seconds are. Plain data, so a page only draws it. */
export interface CalibrationProgress {
  /**
   * `waiting`: no face, the time stands still; `ready`: the step is shown, nothing is measured yet; `measuring`: hold
   * it; `done`: `calibration` is there.
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

/** The guided ten seconds: feed it the samples that a driver gets, or that there is no face, and draw what it answers. */
export interface GuidedCalibration {
  /** @throws RangeError as `PoseDriver.observe` */
  observe(sample: FaceSample): CalibrationProgress;
  /** No face at this time. */
  lost(timeMs: number): CalibrationProgress;
  /** The newest answer. */
  readonly progress: CalibrationProgress;
}

/** Begins the ten seconds. A state of its own, fed only by samples and their times, so it can be tried without a camera. */
export function createGuidedCalibration(): GuidedCalibration {
  const observer = new Observer();
  const seen: Record<CalibrationStep, Observation[]> = { neutral: [], blink: [], smile: [], open: [] };
  let elapsedMs = 0;
  let lastMs = Number.NaN;
  let progress = progressAt(0, 'waiting');

  const lost = (timeMs: number) => {
    checkTime(timeMs, 'calibration');
    if (progress.phase === 'done') return progress;
    if (timeMs > lastMs) lastMs = timeMs;
    progress = progressAt(elapsedMs, 'waiting');
    return progress;
  };

  return {
    observe(sample) {
      if (!checkSample(sample)) return lost(sample.timeMs);
      if (progress.phase === 'done' || sample.timeMs <= lastMs) return progress;
      if (!Number.isNaN(lastMs)) elapsedMs += Math.min(LONGEST_GAP_MS, sample.timeMs - lastMs);
      lastMs = sample.timeMs;
      if (elapsedMs >= TOTAL_MS) {
        progress = { ...progressAt(TOTAL_MS, 'done'), ...fitCalibration(seen) };
        return progress;
      }
      const phase = elapsedMs % STEP_MS < READY_MS ? 'ready' : 'measuring';
      progress = progressAt(elapsedMs, phase);
      if (phase === 'measuring') seen[progress.step].push(observer.observe(sample, progress.step === 'neutral'));
      return progress;
    },

    lost,

    get progress() {
      return progress;
    },
  };
}

function progressAt(elapsedMs: number, phase: CalibrationProgress['phase']): CalibrationProgress {
  const index = Math.min(CALIBRATION_STEPS.length - 1, Math.floor(elapsedMs / STEP_MS));
  return {
    phase,
    step: CALIBRATION_STEPS[index]!,
    stepProgress: Math.min(1, elapsedMs / STEP_MS - index),
    progress: elapsedMs / TOTAL_MS,
    unclear: [],
    calibration: null,
  };
}
