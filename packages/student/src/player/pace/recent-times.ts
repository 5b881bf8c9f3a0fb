const WINDOW = 10;
/** High, so that a mixture of cheap and dear frames counts as dear. */
const SHARE = 0.7;

/** The times of a quality's last frames, and what is usual for them. Milliseconds. */
export class RecentTimes {
  readonly #times: number[] = [];
  #usual = 0;

  add(ms: number): void {
    this.#times.push(ms);
    if (this.#times.length > WINDOW) this.#times.shift();
    // The best of the recent past: down at once, up by a hundredth a frame, so that a busy machine is not usual soon.
    const typical = this.typical();
    this.#usual = this.#usual === 0 ? typical : Math.min(typical, this.#usual * 1.01);
  }

  /** Forgets the frames, not what is usual. */
  clear(): void {
    this.#times.length = 0;
  }

  get count(): number {
    return this.#times.length;
  }

  get usual(): number {
    return this.#usual;
  }

  /** What most of the last frames stay below; 0 before the first. */
  typical(): number {
    const sorted = this.#times.slice().sort((a, b) => a - b);
    return sorted[Math.ceil(SHARE * sorted.length) - 1] ?? 0;
  }
}
