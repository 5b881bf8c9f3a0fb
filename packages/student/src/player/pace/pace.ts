import type { Quality } from '../../quality.ts';
import { RecentTimes } from './recent-times.ts';

/** What the player has to know for its next frame. */
export interface Decision {
  readonly quality: Quality;
  /** When it may begin, on the clock that `note` and `next` are told, milliseconds; in the past: at once. */
  readonly at: number;
}

/** A frame that was painted and shown. */
export interface PacedFrame {
  /** What was asked for. */
  readonly quality: Quality;
  /** When it began, milliseconds. */
  readonly start: number;
  /** How long painting and showing it took. */
  readonly ms: number;
}

/** Why frames come as they do. */
export type PaceState = 'steady' | 'slow' | 'busy' | 'hidden';

/** Frames of a quality before it is judged: after a change, caches fill and code is compiled. */
const TRIAL_FRAMES = 4;
/** A better quality is taken when its frames would leave this much of the budget unused. */
const ROOM = 0.15;
/** How long a better quality that was too slow is left alone; it doubles with every failure. */
const FIRST_RETRY_MS = 4_000;
const LONGEST_RETRY_MS = 60_000;
/** Frames this much slower than usual mean that the machine has other work; below the second, it has room again. */
const BUSY = 1.8;
const CALM = 1.3;
/** While nobody looks. */
const HIDDEN_INTERVAL_MS = 1_000;
/** A pose that has rested this long is painted exactly. */
const REST_MS = 250;

/**
 * Decides how good the next frame is and when it comes, so that a budget of time is held: a cheaper quality when frames
 * take too long, fewer frames when the cheapest does, half of them while the machine is busy with something else, one a
 * second while the page is hidden; and back when there is room. It reads no clock: time is what it is told.
 */
export class Pace {
  readonly #budget: number;
  #qualities: readonly Quality[] = ['exact'];
  #step = 0;
  #times: readonly RecentTimes[] = [new RecentTimes()];
  #lastStart = Number.NEGATIVE_INFINITY;
  #lastEnd = 0;
  #busy = false;
  #hidden = false;
  #retryAt = 0;
  #retryMs = FIRST_RETRY_MS;

  /** @param framesPerSecond what is to be held, e.g. 30 or 60 */
  constructor(framesPerSecond: number) {
    this.#budget = 1000 / framesPerSecond;
  }

  /** Says what the runtime offers, the best picture first. Another list starts anew, at the best. */
  offer(qualities: readonly Quality[]): void {
    if (qualities.join() === this.#qualities.join()) return;
    this.#qualities = qualities;
    this.#times = qualities.map(() => new RecentTimes());
    this.#step = 0;
    this.#busy = false;
    this.#retryAt = 0;
    this.#retryMs = FIRST_RETRY_MS;
  }

  get state(): PaceState {
    if (this.#hidden) return 'hidden';
    if (this.#busy) return 'busy';
    return this.#interval() > this.#budget ? 'slow' : 'steady';
  }

  /** Learns how long a frame took. */
  note({ quality, start, ms }: PacedFrame): void {
    this.#lastStart = start;
    this.#lastEnd = start + ms;
    const index = this.#qualities.indexOf(quality);
    // Nothing is learnt from frames of a hidden page: browsers hold their timers back.
    if (index < 0 || this.#hidden) return;
    this.#times[index]!.add(ms);
    if (index === this.#step) this.#adapt(this.#lastEnd);
  }

  /** The next frame of a pose that has changed. */
  next(hidden: boolean): Decision {
    this.#hidden = hidden;
    return { quality: this.#qualities[this.#step]!, at: this.#lastStart + this.#interval() };
  }

  /** The frame that makes a resting pose's picture exact. @returns `null` where there is nothing to gain */
  rest(hidden: boolean, shown: Quality): Decision | null {
    this.#hidden = hidden;
    return hidden || shown === 'exact' ? null : { quality: 'exact', at: this.#lastEnd + REST_MS };
  }

  #adapt(now: number): void {
    const times = this.#times[this.#step]!;
    if (times.count < TRIAL_FRAMES) return;
    const typical = times.typical();
    this.#busy = typical > times.usual * (this.#busy ? CALM : BUSY);
    if (typical > this.#budget) this.#takeCheaper(now);
    else if (!this.#busy && this.#step > 0 && this.#hasRoom(now)) this.#takeBetter(now);
  }

  #takeCheaper(now: number): void {
    if (this.#step === this.#qualities.length - 1) return;
    // A second failure soon after the first means that the wait was too short.
    this.#retryMs =
      now < this.#retryAt + this.#retryMs ? Math.min(this.#retryMs * 2, LONGEST_RETRY_MS) : FIRST_RETRY_MS;
    this.#retryAt = now + this.#retryMs;
    this.#go(this.#step + 1);
  }

  #takeBetter(now: number): void {
    this.#retryAt = Math.max(this.#retryAt, now);
    this.#go(this.#step - 1);
  }

  /** Whether the better quality is worth a try. */
  #hasRoom(now: number): boolean {
    if (this.#times[this.#step]!.typical() > this.#budget * (1 - ROOM)) return false;
    return now >= this.#retryAt;
  }

  #go(step: number): void {
    this.#step = step;
    this.#times[step]!.clear();
  }

  /** Time from one frame's start to the next one's. */
  #interval(): number {
    if (this.#hidden) return HIDDEN_INTERVAL_MS;
    const times = this.#times[this.#step]!;
    // A whole number of budgets: an even rhythm looks better than frames that come when they can.
    const budgets = times.count < TRIAL_FRAMES ? 1 : Math.max(1, Math.ceil(times.typical() / this.#budget - ROOM));
    return this.#budget * budgets * (this.#busy ? 2 : 1);
  }
}
