import type { Character, RgbaImage } from '@tha4/core';
import {
  type PlayerStats,
  presentImage,
  type RuntimeInfo,
  type Speed,
  StudentPlayer,
  type StudentRuntime,
} from '@tha4/student';
import type { Report } from './messages.ts';
import type { Status } from './status.ts';

/** What the stage tells the rest of the page. */
export interface StageEvents {
  readonly status: Status;
  readonly report: Report;
  readonly onStats: (stats: PlayerStats) => void;
  readonly onRuntime: (info: RuntimeInfo) => void;
  /** A frame is being painted (`true`), or was. */
  readonly onBusy?: (busy: boolean) => void;
  /** The pose never rests, so the page is `ready` while it moves; else it is `painting` until the newest pose is shown. */
  readonly live?: boolean;
}

/** The canvas with the character on it. Keeps `data-state` and `data-frames` of the body true. */
export class Stage {
  readonly #player: StudentPlayer;
  readonly #canvas: HTMLCanvasElement;
  readonly #status: Status;
  readonly #onRuntime: (info: RuntimeInfo) => void;
  readonly #live: boolean;
  #character: Character | null = null;
  #speed: Speed = 'exact';
  #failed = false;
  #turn = 0;

  constructor(runtime: StudentRuntime, canvas: HTMLCanvasElement, events: StageEvents) {
    const { status, report, onStats, onRuntime, onBusy, live = false } = events;
    this.#canvas = canvas;
    this.#status = status;
    this.#onRuntime = onRuntime;
    this.#live = live;
    this.#player = new StudentPlayer(runtime, canvas, {
      onRuntime,
      onFrame: (stats) => {
        document.body.dataset.frames = String(stats.frames);
        onStats(stats);
      },
      onError: (error) => {
        this.#failed = true;
        if (live) status.set('error');
        report(error);
      },
      ...(onBusy && { onBusy }),
    });
  }

  /** What is open. */
  get character(): Character | null {
    return this.#character;
  }

  /** Shows another character. When its runtime cannot take it, the last one comes back. */
  async show(character: Character): Promise<void> {
    try {
      await this.#load(character);
    } catch (error) {
      if (this.#character !== null) await this.#load(this.#character);
      throw error;
    }
    this.#character = character;
  }

  /** Wishes for a pose; see `StudentPlayer`. */
  setPose(pose: Float32Array): void {
    this.#player.setPose(pose);
    if (this.#character !== null && !this.#live) void this.#follow();
  }

  /** See `StudentPlayer`. */
  setSpeed(speed: Speed): void {
    this.#speed = speed;
    this.#player.setSpeed(speed);
  }

  /** Paints a pose as exactly as it can be and gives its frame, straight alpha. Wish for no other pose meanwhile. */
  async paint(pose: Float32Array): Promise<RgbaImage> {
    this.#player.setSpeed('exact');
    this.setPose(pose);
    const image = await this.snapshot();
    this.#player.setSpeed(this.#speed);
    return image;
  }

  /** The frame of the newest pose, straight alpha. */
  snapshot(): Promise<RgbaImage> {
    return this.#player.snapshot();
  }

  async #load(character: Character): Promise<void> {
    this.#failed = false;
    this.#onRuntime(await this.#player.load(character));
    presentImage(character.image, this.#canvas); // something to see until the first frame is painted
    if (this.#live) this.#status.set('ready');
    else void this.#follow();
  }

  /** Says that it paints until the newest pose is on the canvas. */
  async #follow(): Promise<void> {
    const turn = ++this.#turn;
    this.#status.set('painting');
    await this.#player.settled();
    if (turn === this.#turn) this.#status.set(this.#failed ? 'error' : 'ready');
  }
}
