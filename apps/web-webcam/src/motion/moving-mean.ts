/** How much the newest value counts. */
const SHARE = 0.1;

/** A mean that forgets: what a value was lately. */
export class MovingMean {
  #mean: number | null = null;

  /** `null` before the first value. */
  get mean(): number | null {
    return this.#mean;
  }

  add(value: number): void {
    this.#mean = this.#mean === null ? value : this.#mean + SHARE * (value - this.#mean);
  }

  reset(): void {
    this.#mean = null;
  }
}
