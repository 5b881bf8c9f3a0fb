import { MovingMean } from '../motion/moving-mean.ts';

/** Measures how long it takes from a camera's picture to the character's: motion to picture. */
export class Latency {
  readonly #mean = new MovingMean();
  #wished: number | null = null;
  #painting: number | null = null;

  /** Mean of the last frames, milliseconds; `null` before the first that something moved. */
  get ms(): number | null {
    return this.#mean.mean;
  }

  /** A pose is wished for. @param capturedAt when what moved it was captured; `null`: nothing new moved it */
  wish(capturedAt: number | null): void {
    this.#wished = capturedAt ?? this.#wished;
  }

  /** The newest pose is being painted. */
  begin(): void {
    this.#painting = this.#wished;
    this.#wished = null;
  }

  /** It is on the canvas. @returns when the newest thing that it shows was captured; `null`: it shows nothing new */
  end(now: number): number | null {
    const capturedAt = this.#painting;
    if (capturedAt !== null) this.#mean.add(now - capturedAt);
    this.#painting = null;
    return capturedAt;
  }

  reset(): void {
    this.#mean.reset();
    this.#wished = null;
  }
}
