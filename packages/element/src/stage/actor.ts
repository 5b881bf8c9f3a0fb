import type { PaintedTurn, Turn } from './frame-queue.ts';
import type { OpenCharacter, PaintedFrame, RuntimeChoice } from './protocol.ts';
import { leaveStage, type SharedStage, startTicking, stopTicking, takeStage } from './stages.ts';

/** What an actor tells its element. */
export interface ActorEvents {
  /** Its first picture: it at rest. Owned by the listener. */
  readonly onOpen: (open: OpenCharacter) => void;
  /** A frame; the bitmap is owned by the listener. */
  readonly onFrame: (frame: PaintedFrame) => void;
  readonly onError: (error: Error) => void;
}

/** A pose that rests this long after a frame that was less than exact is painted exactly, milliseconds. */
const REST_MS = 250;

/** One character on the page's stage: from the opening of its file to its last frame. */
export class Actor {
  readonly #runtime: RuntimeChoice;
  readonly #events: ActorEvents;
  readonly #shared: SharedStage;
  readonly #pose: (seconds: number) => Float32Array;
  readonly #turn: Turn;
  readonly #tick = (now: number): void => this.#step(now);
  #open: OpenCharacter | null = null;
  #wanted: Float32Array | null = null;
  #shown: { readonly pose: Float32Array; readonly quality: string; readonly at: number } | null = null;
  #awake = false;
  #ended = false;

  /** @param pose asked for at every repaint while it is awake: 45 numbers at a moment, seconds */
  constructor(runtime: RuntimeChoice, pose: (seconds: number) => Float32Array, events: ActorEvents) {
    this.#runtime = runtime;
    this.#events = events;
    this.#pose = pose;
    this.#shared = takeStage(runtime);
    this.#turn = {
      awake: () => this.#awake,
      wants: (now) => this.#wants(now),
      paint: (quality) => this.#paint(quality),
    };
  }

  /** Opens the character. Settles when it is there or the actor has told why not. */
  async open(address: string): Promise<void> {
    try {
      const open = await this.#shared.stage.open(address);
      if (this.#ended) {
        open.resting.close();
        return await this.#shared.stage.close(open.id);
      }
      this.#open = open;
      this.#events.onOpen(open);
      this.#shared.queue.add(this.#turn);
    } catch (error) {
      if (!this.#ended) this.#events.onError(error as Error);
    }
  }

  /** Awake, it moves and takes its turns; asleep, it costs nothing. */
  setAwake(awake: boolean): void {
    if (awake === this.#awake || this.#ended) return;
    this.#awake = awake;
    if (awake) startTicking(this.#tick);
    else stopTicking(this.#tick);
  }

  /** The newest pose painted exactly, as a PNG. @throws {Error} before the character is open */
  async png(): Promise<Blob> {
    if (this.#open === null) throw new Error('snapshot: expected an open character, got none; wait for `ready`');
    return this.#shared.stage.png(this.#open.id, this.#wanted ?? this.#pose(performance.now() / 1000));
  }

  /** Leaves the stage for good. */
  end(): void {
    if (this.#ended) return;
    this.setAwake(false);
    this.#ended = true;
    this.#shared.queue.delete(this.#turn);
    const open = this.#open;
    const closed = open === null ? Promise.resolve() : this.#shared.stage.close(open.id);
    closed.catch(() => undefined).finally(() => leaveStage(this.#runtime));
  }

  #step(now: number): void {
    if (this.#open !== null) this.#wanted = this.#pose(now / 1000);
  }

  #wants(now: number): boolean {
    if (!this.#awake || this.#wanted === null) return false;
    const shown = this.#shown;
    if (shown === null || this.#wanted.some((value, i) => value !== shown.pose[i])) return true;
    return shown.quality !== 'exact' && now > shown.at + REST_MS;
  }

  async #paint(quality: string): Promise<PaintedTurn | null> {
    const pose = this.#wanted!;
    const rests = this.#shown?.pose.every((value, i) => value === pose[i]) === true;
    try {
      const frame = await this.#shared.stage.paint(this.#open!.id, pose, rests ? 'exact' : quality);
      if (this.#ended) {
        frame.bitmap.close();
        return null;
      }
      this.#shown = { pose, quality: frame.quality, at: performance.now() };
      this.#events.onFrame(frame);
      return { quality: frame.quality, qualities: frame.qualities };
    } catch (error) {
      if (this.#ended) return null;
      // It stays as it is: the same frame would fail again.
      this.#shared.queue.delete(this.#turn);
      this.setAwake(false);
      this.#events.onError(error as Error);
      return null;
    }
  }
}
