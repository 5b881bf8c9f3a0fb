import type { BridgeSource, BridgeSourceStatus } from '@tha4/pose-mapper';

interface Count {
  good: number;
  goodThisSecond: number;
  perSecond: number;
  bad: number;
}

/** Counts what each source sends. */
export class Counters {
  readonly #counts = new Map<BridgeSource, Count>();

  /** @param sources shown even where nothing comes */
  constructor(sources: readonly BridgeSource[]) {
    for (const source of sources) this.#of(source);
  }

  good(source: BridgeSource): void {
    const count = this.#of(source);
    count.good++;
    count.goodThisSecond++;
  }

  bad(source: BridgeSource): void {
    this.#of(source).bad++;
  }

  /** A second is over. */
  tick(): void {
    for (const count of this.#counts.values()) {
      count.perSecond = count.goodThisSecond;
      count.goodThisSecond = 0;
    }
  }

  status(): BridgeSourceStatus[] {
    return [...this.#counts].map(([source, { perSecond, bad }]) => ({
      source,
      packetsPerSecond: perSecond,
      badPackets: bad,
    }));
  }

  /** Packets since the start. */
  totals(): { source: BridgeSource; packets: number; badPackets: number }[] {
    return [...this.#counts].map(([source, { good, bad }]) => ({ source, packets: good, badPackets: bad }));
  }

  #of(source: BridgeSource): Count {
    const known = this.#counts.get(source);
    if (known !== undefined) return known;
    const count = { good: 0, goodThisSecond: 0, perSecond: 0, bad: 0 };
    this.#counts.set(source, count);
    return count;
  }
}
