import type { Character, RgbaImage } from '@tha4/core';
import type { Quality } from './quality.ts';

/** A frame that a runtime has finished. The runtime keeps its pixels until the next one. */
export interface StudentFrame {
  /** Counts the frames of this runtime from 1. */
  readonly serial: number;
  /** Time from the call to the finished frame, milliseconds. */
  readonly ms: number;
  /** What the frame is: it may be better than what was set, e.g. the first one of `reuse` is `exact`. */
  readonly quality: Quality;
  /** Whether it was painted before and kept; see `createCachedRuntime`. Absent: no. */
  readonly cached?: boolean;
}

/** What runs a student, and why it was chosen. */
export interface RuntimeInfo {
  /** Short name, e.g. `tfjs-webgl`. */
  readonly name: string;
  /** One line for people: what was taken, and why the others were not. */
  readonly choice: string;
  /** What `setQuality` takes, the best picture first; `exact` is always there. */
  readonly qualities: readonly Quality[];
  /** What is set. */
  readonly quality: Quality;
}

/** What a runtime holds on its device; for tests and for the curious. */
export interface RuntimeMemory {
  readonly tensors: number;
  readonly bytes: number;
}

/**
 * Executes the student of one character at a time. Every runtime stands behind this interface, and so does one
 * that lives in a worker.
 *
 * Calls are not queued: wait for one before the next. The player does.
 */
export interface StudentRuntime {
  /** Takes a character in place of the last one. @throws {BackendError} when no backend can run it */
  load(character: Character): Promise<RuntimeInfo>;
  /**
   * Paints the character in a pose. A device that was lost in between is set up again, or the next backend is taken.
   *
   * @param values the 45 numbers of the pose
   * @throws {BackendError} when nothing is loaded, or when no backend is left
   */
  pose(values: Float32Array): Promise<StudentFrame>;
  /**
   * Sets what the next frames may leave out; `exact` at first. It stays through `load` and lost devices. A runtime that
   * chooses among others goes back to `exact` where the next one does not offer it, and says so in `info`.
   *
   * @throws {BackendError} when the runtime does not offer it; see `RuntimeInfo.qualities`
   */
  setQuality(quality: Quality): Promise<void>;
  /** Draws the last frame; the canvas takes its size, and stays transparent where the character is. */
  present(canvas: HTMLCanvasElement | OffscreenCanvas): Promise<void>;
  /** The last frame as 8-bit sRGB with straight alpha. */
  readPixels(): Promise<RgbaImage>;
  /** What is running now; it changes when a lost device made the runtime take another backend. */
  info(): Promise<RuntimeInfo>;
  memory(): Promise<RuntimeMemory>;
  /** Frees everything on the device. The runtime cannot be used again. */
  dispose(): Promise<void>;
}
