/** The offset is looked for again after so many frames, in case the clocks drift. */
const WINDOW = 300;

/**
 * Tells when frames were taken. Browsers stamp a camera's frames on a clock of their own; the frame that came through
 * fastest shows how far that clock is from ours. The camera's own delay cannot be known, so it is not in these times.
 */
export class CaptureClock {
  #offset = Number.POSITIVE_INFINITY;
  #next = Number.POSITIVE_INFINITY;
  #count = 0;

  /**
   * @param stampMs the frame's own time stamp, milliseconds
   * @param arrivedAt when it came, milliseconds on our clock
   * @returns when it was taken, on our clock; never after it came
   */
  capturedAt(stampMs: number, arrivedAt: number): number {
    const offset = arrivedAt - stampMs;
    this.#next = Math.min(this.#next, offset);
    this.#offset = Math.min(this.#offset, offset);
    if (++this.#count === WINDOW) {
      this.#offset = this.#next;
      this.#next = Number.POSITIVE_INFINITY;
      this.#count = 0;
    }
    return stampMs + this.#offset;
  }
}
