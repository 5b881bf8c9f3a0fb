import { type FaceMetrics, METRIC_NAMES, SMALLEST_METRIC } from './face-metrics.ts';

/** How fast the guess moves in the first seconds and later, as a share of the value in a second. */
const FIRST_RATE = 0.15;
const LATER_RATE = 0.004;
const FIRST_MS = 3000;

/**
 * A running guess of what a face measures at rest, for people who have not calibrated: it goes towards each new
 * measurement by a fixed small step, and so towards their median. Feed it only what is measured with open eyes.
 */
export class RestMetrics {
  #firstMs = Number.NaN;
  #lastMs = Number.NaN;
  readonly #value: FaceMetrics = { eyeLeft: 0, eyeRight: 0, noseLeft: 0, noseRight: 0, cheeks: 0 };

  /** The guess; `null` before anything was measured. */
  get value(): FaceMetrics | null {
    return Number.isNaN(this.#firstMs) ? null : this.#value;
  }

  reset(): void {
    this.#firstMs = Number.NaN;
  }

  update(timeMs: number, metrics: FaceMetrics): void {
    if (Number.isNaN(this.#firstMs)) {
      this.#firstMs = timeMs;
      for (const name of METRIC_NAMES) this.#value[name] = Math.max(SMALLEST_METRIC, metrics[name]);
    } else {
      const rate = timeMs - this.#firstMs < FIRST_MS ? FIRST_RATE : LATER_RATE;
      // A long silence is no reason to leap.
      const step = rate * Math.min(0.25, (timeMs - this.#lastMs) / 1000);
      for (const name of METRIC_NAMES) {
        const most = step * this.#value[name];
        const next = this.#value[name] + Math.max(-most, Math.min(most, metrics[name] - this.#value[name]));
        this.#value[name] = Math.max(SMALLEST_METRIC, next);
      }
    }
    this.#lastMs = timeMs;
  }
}
