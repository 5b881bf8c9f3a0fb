/** Zero crossings of the filter's sinc on each side; more are steeper and later. */
const LOBES = 8;

/** Steps of the filter's table for each zero crossing. */
const STEPS = 64;

/** The table: a windowed sinc from its middle to its end. */
const TABLE: Float64Array = Float64Array.from({ length: LOBES * STEPS + 2 }, (_, i) => {
  const x = i / STEPS;
  if (x >= LOBES) return 0;
  const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  return sinc * (0.5 + 0.5 * Math.cos((Math.PI * x) / LOBES)); // Hann
});

/**
 * Brings a stream of samples to another rate, one output at a time: a windowed sinc that also removes what the lower
 * rate cannot hold. It looks 8 samples of the lower rate ahead, which is its delay. `push` allocates nothing.
 */
export class Resampler {
  readonly #step: number;
  readonly #scale: number;
  readonly #reach: number;
  readonly #ring: Float64Array;
  readonly #mask: number;
  /** Inputs so far. */
  #count = 0;
  /** Place of the next output, in inputs. */
  #next = 0;

  /** @param from @param to rates in Hz */
  constructor(from: number, to: number) {
    this.#step = from / to;
    this.#scale = Math.min(1, to / from) * 0.92; // the filter's edge, below half the lower rate
    this.#reach = LOBES / this.#scale;
    let size = 16;
    while (size < 2 * this.#reach + 4) size *= 2;
    this.#ring = new Float64Array(size);
    this.#mask = size - 1;
  }

  /**
   * Takes a sample; calls `emit` for each output that is due.
   *
   * @param sample a number that is not finite counts as silence
   */
  push(sample: number, emit: (value: number) => void): void {
    this.#ring[this.#count++ & this.#mask] = Number.isFinite(sample) ? sample : 0;
    while (this.#next + this.#reach < this.#count) {
      emit(this.#at(this.#next));
      this.#next += this.#step;
    }
    // Keep the numbers small, whatever the stream's length.
    if (this.#next > 1e6) {
      const shift = Math.floor((this.#next - 2 * this.#reach) / this.#ring.length) * this.#ring.length;
      this.#next -= shift;
      this.#count -= shift;
    }
  }

  #at(place: number): number {
    const first = Math.max(0, Math.ceil(place - this.#reach));
    const last = Math.min(this.#count - 1, Math.floor(place + this.#reach));
    let sum = 0;
    for (let i = first; i <= last; i++) {
      const x = Math.abs(i - place) * this.#scale * STEPS;
      const cell = Math.floor(x);
      const value = TABLE[cell]! + (TABLE[cell + 1]! - TABLE[cell]!) * (x - cell);
      sum += value * this.#ring[i & this.#mask]!;
    }
    return sum * this.#scale;
  }
}
