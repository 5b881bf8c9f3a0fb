import { type Character, type RgbaImage, validatePose } from '@tha4/core';
import type { RuntimeInfo, StudentRuntime } from '../runtime.ts';
import { type FrameTimeSummary, FrameTimes } from './frame-times.ts';

/** What a player tells its page. */
export interface PlayerEvents {
  /** A frame was drawn. */
  readonly onFrame: (times: FrameTimeSummary) => void;
  /** A frame is being painted (`true`) or the player rests (`false`). */
  readonly onBusy: (busy: boolean) => void;
  /** The runtime took another backend, e.g. after a lost device. */
  readonly onRuntime: (info: RuntimeInfo) => void;
  /** A frame failed. The player stops until the next `load`. */
  readonly onError: (error: Error) => void;
}

/** How a player is set up. */
export interface PlayerOptions extends PlayerEvents {
  /** Calls back before the next repaint; `requestAnimationFrame` by default, something else in tests and workers. */
  readonly nextFrame: (callback: () => void) => void;
}

const DEFAULTS: PlayerOptions = {
  onFrame: () => undefined,
  onBusy: () => undefined,
  onRuntime: () => undefined,
  onError: (error) => {
    throw error;
  },
  nextFrame: (callback) => requestAnimationFrame(callback),
};

/**
 * Shows one character on one canvas. It paints only when the pose has changed, one frame at a time, and always the
 * newest pose: poses that come while a frame is being painted replace each other instead of piling up.
 */
export class StudentPlayer {
  readonly #runtime: StudentRuntime;
  readonly #canvas: HTMLCanvasElement | OffscreenCanvas;
  readonly #options: PlayerOptions;
  readonly #times = new FrameTimes();
  #wanted: Float32Array | null = null;
  #shown: Float32Array | null = null;
  #runtimeName = '';
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
  }

  /** Takes a character in place of the last one and paints it in the pose that is set. */
  async load(character: Character): Promise<RuntimeInfo> {
    this.#loaded = false;
    await this.#running;
    const info = await this.#runtime.load(character);
    this.#runtimeName = info.name;
    this.#loaded = true;
    this.#shown = null;
    this.#schedule();
    return info;
  }

  /** Wishes for a pose, 45 numbers. Painted before the next repaint, unless it is shown already. */
  setPose(values: Float32Array): void {
    this.#wanted = validatePose(values, 'setPose').slice();
    this.#schedule();
  }

  /** Settles when the newest pose is on the canvas, or the player has stopped. */
  async settled(): Promise<void> {
    while (this.#scheduled || this.#running !== null) {
      await (this.#running ?? new Promise<void>((resolve) => this.#options.nextFrame(resolve)));
    }
  }

  /** Frame times so far. */
  times(): FrameTimeSummary {
    return this.#times.summary();
  }

  /** The picture on the canvas, 8-bit sRGB with straight alpha: better for files than the canvas's own pixels. */
  async snapshot(): Promise<RgbaImage> {
    await this.settled();
    return this.#runtime.readPixels();
  }

  /** Waits for the frame that is being painted, then frees the runtime. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    await this.#running;
    await this.#runtime.dispose();
  }

  #needsFrame(): boolean {
    if (this.#disposed || !this.#loaded || this.#wanted === null) return false;
    const shown = this.#shown;
    return shown === null || this.#wanted.some((value, i) => value !== shown[i]);
  }

  #schedule(): void {
    if (this.#scheduled || this.#running !== null || !this.#needsFrame()) return;
    this.#scheduled = true;
    this.#options.nextFrame(() => {
      this.#scheduled = false;
      if (!this.#needsFrame()) return;
      this.#running = this.#paint().finally(() => {
        this.#running = null;
        this.#schedule();
      });
    });
  }

  async #paint(): Promise<void> {
    const pose = this.#wanted!;
    this.#options.onBusy(true);
    try {
      const frame = await this.#runtime.pose(pose);
      await this.#runtime.present(this.#canvas);
      this.#shown = pose;
      this.#times.add(frame.ms);
      this.#options.onFrame(this.#times.summary());
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
    if (info.name === this.#runtimeName) return;
    this.#runtimeName = info.name;
    this.#options.onRuntime(info);
  }
}
