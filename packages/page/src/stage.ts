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
}

/** The canvas with the character on it. Keeps `data-state` and `data-frames` of the body true. */
export class Stage {
  readonly #player: StudentPlayer;
  readonly #canvas: HTMLCanvasElement;
  readonly #status: Status;
  readonly #onRuntime: (info: RuntimeInfo) => void;
  #character: Character | null = null;
  #failed = false;
  #turn = 0;

  constructor(runtime: StudentRuntime, canvas: HTMLCanvasElement, { status, report, onStats, onRuntime }: StageEvents) {
    this.#canvas = canvas;
    this.#status = status;
    this.#onRuntime = onRuntime;
    this.#player = new StudentPlayer(runtime, canvas, {
      onRuntime,
      onFrame: (stats) => {
        document.body.dataset.frames = String(stats.frames);
        onStats(stats);
      },
      onError: (error) => {
        this.#failed = true;
        report(error);
      },
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
    if (this.#character !== null) void this.#follow();
  }

  /** See `StudentPlayer`. */
  setSpeed(speed: Speed): void {
    this.#player.setSpeed(speed);
  }

  /** The frame of the newest pose, straight alpha. */
  snapshot(): Promise<RgbaImage> {
    return this.#player.snapshot();
  }

  async #load(character: Character): Promise<void> {
    this.#failed = false;
    this.#onRuntime(await this.#player.load(character));
    presentImage(character.image, this.#canvas); // something to see until the first frame is painted
    void this.#follow();
  }

  /** Says that it paints until the newest pose is on the canvas. */
  async #follow(): Promise<void> {
    const turn = ++this.#turn;
    this.#status.set('painting');
    await this.#player.settled();
    if (turn === this.#turn) this.#status.set(this.#failed ? 'error' : 'ready');
  }
}
