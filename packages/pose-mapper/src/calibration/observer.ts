import { deriveChannels } from '../landmarks/derive-channels.ts';
import { type FaceMetrics, METRIC_NAMES, measureFace } from '../landmarks/face-metrics.ts';
import { clamp } from '../mapping/ramp.ts';
import type { FaceSample } from '../sample/face-sample.ts';
import { type Eyes, readGaze } from '../sample/gaze.ts';
import { withoutPositionLeak } from '../sample/position-leak.ts';
import type { Observation } from './fit-calibration.ts';
import { median } from './statistics.ts';

/** Reads samples as a `PoseDriver` will read them once calibrated: the ranges are fitted to these numbers. */
export class Observer {
  readonly #neutral: FaceMetrics[] = [];

  /** @param isNeutral the person was asked for a calm face, so what is measured now is the rest */
  observe(sample: FaceSample, isNeutral: boolean): Observation {
    const channels = Float64Array.from(sample.blendshapes, (value) => clamp(value));
    const eyes: Eyes = { pitch: 0, yaw: 0 };
    readGaze(channels, sample.gaze, eyes);
    let metrics: FaceMetrics | null = null;
    if (sample.landmarks !== undefined) {
      metrics = measureFace(sample.landmarks, { eyeLeft: 0, eyeRight: 0, noseLeft: 0, noseRight: 0, cheeks: 0 });
      if (metrics !== null && isNeutral) this.#neutral.push(metrics);
      if (metrics !== null && this.#neutral.length > 0) deriveChannels(channels, metrics, this.#rest());
    }
    const { rotation, position } = sample;
    return {
      channels,
      rotation: position === undefined ? { ...rotation } : withoutPositionLeak(rotation, position),
      gaze: eyes,
      metrics,
    };
  }

  #rest(): FaceMetrics {
    return Object.fromEntries(
      METRIC_NAMES.map((name) => [name, median(this.#neutral.map((one) => one[name]))]),
    ) as unknown as FaceMetrics;
  }
}
