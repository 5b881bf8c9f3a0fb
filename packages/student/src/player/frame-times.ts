/** Frame times of the recent past, in milliseconds; `null` before the first frame. */
export interface FrameTimeSummary {
  readonly frames: number;
  readonly last: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
}

const WINDOW = 120;

/** Keeps the times of the last 120 frames and sums them up. */
export class FrameTimes {
  readonly #times: number[] = [];
  #frames = 0;

  add(ms: number): void {
    this.#frames++;
    this.#times.push(ms);
    if (this.#times.length > WINDOW) this.#times.shift();
  }

  summary(): FrameTimeSummary {
    const sorted = this.#times.slice().sort((a, b) => a - b);
    const at = (share: number): number | null => sorted[Math.ceil(share * sorted.length) - 1] ?? null;
    return { frames: this.#frames, last: this.#times.at(-1) ?? null, p50: at(0.5), p95: at(0.95) };
  }
}
