import type { FrameTime } from './painters/painter.ts';

/** A contestant in its place, after its first frame. */
export interface Seat {
  /** What it is in a few words, with its version. */
  readonly engine: string;
  /** The GPU that it uses, or what emulates one; `null` where it uses none. */
  readonly gpu: string | null;
  /** E.g. `Node 20.20.2`. */
  readonly environment: string;
  /** Time to the first frame, milliseconds: of a page since its navigation, in Node since its code was loaded. */
  readonly firstFrameMs: number;
  /** What of it was painting, compilation of shaders and the like included. */
  readonly firstPaintMs: number;
  /** What the page loaded, scripts and binaries, each compressed with gzip; `null` in Node. */
  readonly scriptKilobytesGzip: number | null;
  paint(pose: readonly number[]): Promise<FrameTime>;
  close(): Promise<void>;
}

/** What a place tells of a contestant that has painted its first frame. */
export interface Opened {
  readonly engine: string;
  readonly gpu: string | null;
  readonly firstFrameMs: number;
  readonly firstPaintMs: number;
}
