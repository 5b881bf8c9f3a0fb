import { followLine } from './follow-line.ts';

/** How a One Euro filter is set. */
export interface OneEuroSettings {
  /** Cutoff at rest, Hz: lower is calmer, and later. */
  readonly minCutoff: number;
  /** How much the cutoff rises with speed, Hz per unit/s: higher keeps up with fast moves. */
  readonly beta: number;
  /** Cutoff of the speed's own filter, Hz. */
  readonly speedCutoff: number;
}

/**
 * One Euro filters of many channels at once: a low-pass whose cutoff rises with speed, so that a resting value is calm
 * and a fast one is on time.
 *
 * Unlike the paper's, which takes each step as a jump, the input is taken as a straight line between two samples and
 * the low-pass is solved exactly along it; so 15 and 120 samples a second give the same curve where they saw the same.
 * Source: Casiez, Roussel, Vogel, "1 € Filter" (CHI 2012).
 */
export class OneEuro {
  readonly #settings: readonly OneEuroSettings[];
  readonly #input: Float64Array;
  readonly #speed: Float64Array;
  #timeMs = Number.NaN;
  /** The filtered values, of the newest `update`. */
  readonly value: Float64Array;

  /** @param settings one for each channel */
  constructor(settings: readonly OneEuroSettings[]) {
    this.#settings = settings;
    this.#input = new Float64Array(settings.length);
    this.#speed = new Float64Array(settings.length);
    this.value = new Float64Array(settings.length);
  }

  /** Forgets the past: the next values are taken as they come. */
  reset(): void {
    this.#timeMs = Number.NaN;
  }

  /**
   * Takes the channels at a time, later than the last one's.
   * @param input finite, one per channel
   * @param amount `[channels]` how much each is smoothed: 0 not at all, 1 as set, 2 twice as late
   */
  update(timeMs: number, input: ArrayLike<number>, amount: ArrayLike<number>): void {
    const seconds = (timeMs - this.#timeMs) / 1000;
    this.#timeMs = timeMs;
    for (let i = 0; i < this.value.length; i++) {
      const next = input[i] as number;
      if (seconds > 0) {
        this.#step(i, next, seconds, amount[i] as number);
      } else {
        this.value[i] = next;
        this.#speed[i] = 0;
      }
      this.#input[i] = next;
    }
  }

  #step(i: number, next: number, seconds: number, amount: number): void {
    const { minCutoff, beta, speedCutoff } = this.#settings[i]!;
    const slope = (next - this.#input[i]!) / seconds;
    this.#speed[i]! += (slope - this.#speed[i]!) * (1 - Math.exp(-2 * Math.PI * speedCutoff * seconds));
    const tau = amount / (2 * Math.PI * (minCutoff + beta * Math.abs(this.#speed[i]!)));
    this.value[i] = followLine(this.value[i]!, this.#input[i]!, next, tau / seconds);
  }
}
