import { type Character, type RgbaImage, validatePose } from '@tha4/core';
import type { Quality } from '../quality.ts';
import type { RuntimeInfo, StudentRuntime } from '../runtime.ts';
import { type Decision, Pace } from './pace/pace.ts';
import { followVisibility } from './page-visibility.ts';
import { type PlayerStats, StatsKeeper } from './player-stats.ts';

/** How frames are painted: always in one quality, or `auto`: the best that holds a budget of time; see `Pace`. */
export type Speed = Quality | 'auto';

/** What a player tells its page. */
export interface PlayerEvents {
  /** A frame was drawn. */
  readonly onFrame: (stats: PlayerStats) => void;
  /** A frame is being painted (`true`) or the player rests (`false`). */
  readonly onBusy: (busy: boolean) => void;
  /** The runtime took another backend, e.g. after a lost device. */
  readonly onRuntime: (info: RuntimeInfo) => void;
  /** A frame failed. The player stops until the next `load`. */
  readonly onError: (error: Error) => void;
}

/** How a player is set up. */
export interface PlayerOptions extends PlayerEvents {
  /** See `StudentPlayer.setSpeed`. */
  readonly speed: Speed;
  /** What `auto` holds, e.g. 30 or 60. */
  readonly framesPerSecond: number;
  /** Calls back before the next repaint; `requestAnimationFrame` by default, something else in tests. */
  readonly nextFrame: (callback: () => void) => void;
  /** A clock, milliseconds. */
  readonly now: () => number;
}

const DEFAULTS: PlayerOptions = {
  onFrame: () => undefined,
  onBusy: () => undefined,
  onRuntime: () => undefined,
  onError: (error) => {
    throw error;
  },
  speed: 'exact',
  framesPerSecond: 30,
  nextFrame: (callback) => requestAnimationFrame(callback),
  now: () => performance.now(),
};

/** A frame may come this much early: repaints do not fall exactly on a budget's multiples. */
const EARLY_MS = 4;

/**
 * Shows one character on one canvas, of a page or of a worker. It paints only when the pose has changed, one frame at a
 * time, and always the newest pose: poses that come while a frame is being painted replace each other instead of piling
 * up. A pose that rests after a frame that was less than exact is painted once more, exactly.
 */
export class StudentPlayer {
  readonly #runtime: StudentRuntime;
  readonly #canvas: HTMLCanvasElement | OffscreenCanvas;
  readonly #options: PlayerOptions;
  readonly #stats = new StatsKeeper();
  readonly #pace: Pace;
  readonly #stopFollowing: () => void;
  #speed: Speed;
  #hidden = false;
  #wanted: Float32Array | null = null;
  #shown: { readonly pose: Float32Array; readonly quality: Quality } | null = null;
  #info: RuntimeInfo | null = null;
  #loaded = false;
  #scheduled = false;
  #running: Promise<void> | null = null;
  #disposed = false;

  constructor(
    runtime: StudentRuntime,
    canvas: HTMLCanvasElement | OffscreenCanvas,
    options: Partial<PlayerOptions> = {},
  ) {
    this.#runtime = runtime;
    this.#canvas = canvas;
    this.#options = { ...DEFAULTS, ...options };
    this.#speed = this.#options.speed;
    this.#pace = new Pace(this.#options.framesPerSecond);
    this.#stopFollowing = followVisibility((hidden) => this.setHidden(hidden));
  }

  /** Takes a character in place of the last one and paints it in the pose that is set. */
  async load(character: Character): Promise<RuntimeInfo> {
    this.#loaded = false;
    await this.#running;
    this.#take(await this.#runtime.load(character));
    this.#loaded = true;
    this.#shown = null;
    this.#schedule();
    return this.#info!;
  }

  /** Wishes for a pose, 45 numbers. Painted before the next repaint, unless it is shown already. */
  setPose(values: Float32Array): void {
    this.#wanted = validatePose(values, 'setPose').slice();
    this.#schedule();
  }

  /**
   * Sets how frames are painted from the next one on. A quality that the runtime does not offer
   * (`RuntimeInfo.qualities`) counts as `exact`: `PlayerStats.quality` says what frames are.
   */
  setSpeed(speed: Speed): void {
    this.#speed = speed;
    this.#schedule();
  }

  /** Says whether the page is hidden. The player sees for itself in a page; in a worker, the page has to tell. */
  setHidden(hidden: boolean): void {
    this.#hidden = hidden;
    this.#schedule();
  }

  /** Settles when the newest pose is on the canvas, as it stays, or the player has stopped. */
  async settled(): Promise<void> {
    while (this.#scheduled || this.#running !== null) {
      await (this.#running ?? new Promise<void>((resolve) => this.#options.nextFrame(resolve)));
    }
  }

  /** How it goes so far. */
  stats(): PlayerStats {
    return this.#stats.summary(this.#speed === 'auto' ? this.#pace.state : 'steady');
  }

  /** The picture on the canvas, 8-bit sRGB with straight alpha: better for files than the canvas's own pixels. */
  async snapshot(): Promise<RgbaImage> {
    await this.settled();
    return this.#runtime.readPixels();
  }

  /** Waits for the frame that is being painted, then frees the runtime. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#stopFollowing();
    await this.#running;
    await this.#runtime.dispose();
  }

  /** What is to be painted next, and when; `null`: nothing. */
  #nextFrame(): Decision | null {
    if (this.#disposed || !this.#loaded || this.#wanted === null) return null;
    const shown = this.#shown;
    if (shown !== null && this.#wanted.every((value, i) => value === shown.pose[i])) {
      return this.#pace.rest(this.#hidden, shown.quality);
    }
    if (this.#speed === 'auto') return this.#pace.next(this.#hidden);
    return { quality: this.#info!.qualities.includes(this.#speed) ? this.#speed : 'exact', at: 0 };
  }

  #schedule(): void {
    if (this.#scheduled || this.#running !== null || this.#nextFrame() === null) return;
    this.#scheduled = true;
    this.#options.nextFrame(() => {
      this.#scheduled = false;
      const next = this.#nextFrame();
      if (next === null) return;
      if (next.at > this.#options.now() + EARLY_MS) return this.#schedule();
      this.#running = this.#paint(next.quality).finally(() => {
        this.#running = null;
        this.#schedule();
      });
    });
  }

  async #paint(quality: Quality): Promise<void> {
    const pose = this.#wanted!;
    this.#options.onBusy(true);
    try {
      const start = this.#options.now();
      if (this.#info!.quality !== quality) await this.#runtime.setQuality(quality);
      const frame = await this.#runtime.pose(pose);
      await this.#runtime.present(this.#canvas);
      const now = this.#options.now();
      this.#shown = { pose, quality: frame.quality };
      this.#stats.add(frame, now);
      // A cached frame tells nothing about the machine.
      if (frame.cached !== true) this.#pace.note({ quality, start, ms: now - start });
      this.#options.onFrame(this.stats());
      await this.#noteRuntime();
    } catch (error) {
      this.#loaded = false;
      this.#options.onError(error as Error);
    } finally {
      this.#options.onBusy(false);
    }
  }

  async #noteRuntime(): Promise<void> {
    const info = await this.#runtime.info();
    const other = info.name !== this.#info!.name;
    this.#take(info);
    if (other) this.#options.onRuntime(info);
  }

  #take(info: RuntimeInfo): void {
    this.#info = info;
    this.#pace.offer(info.qualities);
  }
}
