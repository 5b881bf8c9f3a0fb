/** A better quality that was too slow is tried again after this long, milliseconds. */
const RETRY_MS = 10_000;
/** Weight of the newest frame in what a quality is known to take. */
const NEWEST = 0.2;

/** Finds the best quality whose frames fit a budget that changes with the number of characters that can be seen. */
export class QualityChoice {
  #qualities: readonly string[] = ['exact'];
  /** What frames of a quality take, milliseconds, and when that was measured last. */
  readonly #known = new Map<string, { readonly ms: number; readonly at: number }>();

  /** Says what there is, the best picture first. */
  offer(qualities: readonly string[]): void {
    if (qualities.join() === this.#qualities.join()) return;
    this.#qualities = qualities;
    this.#known.clear();
  }

  note(quality: string, ms: number, now: number): void {
    const before = this.#known.get(quality)?.ms ?? ms;
    this.#known.set(quality, { ms: before + NEWEST * (ms - before), at: now });
  }

  /** @param budget of one frame, milliseconds */
  choose(budget: number, now: number): string {
    const fits = this.#qualities.find((quality) => {
      const known = this.#known.get(quality);
      return known === undefined || known.ms <= budget || now > known.at + RETRY_MS;
    });
    return fits ?? this.#qualities.at(-1)!;
  }
}
