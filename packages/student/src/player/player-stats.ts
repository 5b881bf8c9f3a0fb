import type { Quality } from '../quality.ts';
import type { StudentFrame } from '../runtime.ts';
import { type FrameTimeSummary, FrameTimes } from './frame-times.ts';
import type { PaceState } from './pace/pace.ts';

/** How a player does. Frame times are those of frames that were painted, not of cached ones. */
export interface PlayerStats extends FrameTimeSummary {
  /** What the last frame was; `null` before the first. */
  readonly quality: Quality | null;
  /** Frames a second of the last two seconds; `null` with fewer than two. */
  readonly fps: number | null;
  /** Share of the frames that came from a cache, 0..1; `null` without a cache (`createCachedRuntime`). */
  readonly cacheHitRate: number | null;
  /** Why frames come as they do; `steady` too where nothing adapts. */
  readonly pace: PaceState;
}

const FPS_WINDOW_MS = 2_000;

/** Counts what a player shows. */
export class StatsKeeper {
  readonly #times = new FrameTimes();
  readonly #shownAt: number[] = [];
  #quality: Quality | null = null;
  #hits = 0;
  #misses = 0;

  /** @param now when the frame was shown, milliseconds */
  add({ ms, quality, cached }: StudentFrame, now: number): void {
    this.#quality = quality;
    if (cached === true) this.#hits++;
    else if (cached === false) this.#misses++;
    if (cached !== true) this.#times.add(ms);
    this.#shownAt.push(now);
    while (this.#shownAt[0]! < now - FPS_WINDOW_MS) this.#shownAt.shift();
  }

  summary(pace: PaceState): PlayerStats {
    const shown = this.#shownAt;
    const asked = this.#hits + this.#misses;
    return {
      ...this.#times.summary(),
      quality: this.#quality,
      fps: shown.length < 2 ? null : ((shown.length - 1) * 1000) / (shown.at(-1)! - shown[0]!),
      cacheHitRate: asked === 0 ? null : this.#hits / asked,
      pace,
    };
  }
}
