import { byId } from '@tha4/page';
import { MovingMean } from '../motion/moving-mean.ts';

/** Facts are read by people, so they change calmly. */
const EVERY_MS = 500;

/** A line of the facts list: its text, or an empty one to hide it. */
export type Facts = Readonly<Record<string, string>>;

/** Shows facts below the stage; text that stays is not touched. */
export function showFacts(facts: Facts): void {
  const list = byId('facts', HTMLElement);
  for (const [name, text] of Object.entries(facts)) {
    const line = list.querySelector<HTMLElement>(`[data-fact="${name}"]`);
    if (line === null) throw new Error(`page: expected a line for the fact '${name}', got none`);
    line.hidden = text === '';
    const value = line.querySelector('dd')!;
    if (value.textContent !== text) value.textContent = text;
  }
}

/** Calls for facts twice a second. */
export function keepShowing(facts: () => Facts): void {
  setInterval(() => showFacts(facts()), EVERY_MS);
}

/** How often something comes: the mean time between two, as a rate. */
export class Rate {
  readonly #gap = new MovingMean();
  #last: number | null = null;

  /** A second; `null` with fewer than two. */
  get perSecond(): number | null {
    return this.#gap.mean === null ? null : 1000 / this.#gap.mean;
  }

  /** @param at milliseconds */
  note(at: number): void {
    if (this.#last !== null && at > this.#last) this.#gap.add(at - this.#last);
    this.#last = at;
  }

  reset(): void {
    this.#gap.reset();
    this.#last = null;
  }
}

/** `12.3 ms`, or nothing. */
export function milliseconds(ms: number | null): string {
  if (ms === null) return '';
  return ms < 0.1 ? '< 0.1 ms' : `${ms.toFixed(ms < 10 ? 1 : 0)} ms`;
}

/** `24 a second`, or nothing. */
export function rate(perSecond: number | null): string {
  return perSecond === null ? '' : `${perSecond.toFixed(perSecond < 10 ? 1 : 0)} a second`;
}

/** What is there, with commas between. */
export function listed(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(', ');
}
