import { QualityChoice } from './quality-choice.ts';

/** What is painted in turns. */
export interface Turn {
  /** Whether it can be seen and moves, so that the budget is shared with it. */
  readonly awake: () => boolean;
  /** Whether it has a frame to paint now. */
  readonly wants: (now: number) => boolean;
  /** Paints a frame and shows it; never rejects. `null`: none was painted. */
  readonly paint: (quality: string) => Promise<PaintedTurn | null>;
}

/** What a turn tells of its frame. */
export interface PaintedTurn {
  readonly quality: string;
  readonly qualities: readonly string[];
}

/** Frames a second of one character. */
const FRAMES_PER_SECOND = 30;
/** A frame may come this much early: repaints do not fall exactly on a budget's multiples. */
const EARLY_MS = 4;

/**
 * Gives the characters of a page their turns: one frame at a time, the one that waits longest first, all within one
 * budget. A slow machine shows fewer frames of each, and cheaper ones; nothing piles up.
 */
export class FrameQueue {
  /** When the last frame of each began. */
  readonly #turns = new Map<Turn, number>();
  readonly #choice = new QualityChoice();
  readonly #now: () => number;
  #painting = false;

  /** @param now a clock, milliseconds */
  constructor(now: () => number) {
    this.#now = now;
  }

  get size(): number {
    return this.#turns.size;
  }

  add(turn: Turn): void {
    this.#turns.set(turn, Number.NEGATIVE_INFINITY);
  }

  delete(turn: Turn): void {
    this.#turns.delete(turn);
  }

  /** Paints a frame where one is wanted; call it at every repaint. */
  async step(): Promise<void> {
    if (this.#painting) return;
    const now = this.#now();
    const interval = 1000 / FRAMES_PER_SECOND;
    const awake = [...this.#turns].filter(([turn]) => turn.awake());
    const due = awake.filter(([turn, last]) => now + EARLY_MS >= last + interval && turn.wants(now));
    const next = due.sort(([, a], [, b]) => a - b)[0]?.[0];
    if (next === undefined) return;
    this.#turns.set(next, now);
    this.#painting = true;
    const painted = await next.paint(this.#choice.choose(interval / awake.length, now));
    this.#painting = false;
    if (painted === null) return;
    this.#choice.offer(painted.qualities);
    this.#choice.note(painted.quality, this.#now() - now, this.#now());
  }
}
