/** What runs the student; `auto` takes the best that works. */
export type RuntimeChoice = 'auto' | 'webgpu' | 'webgl' | 'wasm';

/** A character that is open in the worker. */
export interface OpenCharacter {
  /** Names it in later calls. */
  readonly id: number;
  /** Its name, or `null` where its file has none. */
  readonly name: string | null;
  /** Side of its frames, pixels. */
  readonly size: number;
  /** It at rest, to be shown until its first frame is painted. */
  readonly resting: ImageBitmap;
}

/** A painted frame. */
export interface PaintedFrame {
  readonly bitmap: ImageBitmap;
  /** Time that painting took, milliseconds. */
  readonly ms: number;
  readonly quality: string;
  /** What painted it, and why the others did not. */
  readonly runtime: string;
  readonly qualities: readonly string[];
}

/** What is alive in the worker; for tests and for the curious. */
export interface StageCounts {
  readonly characters: number;
  readonly runtimes: number;
}

/** The worker's side of a page's characters. Calls of one page are not queued: the page waits. */
export interface StageWorker {
  /** Opens a character, or counts one user more of one that is open. @throws {CharacterError} */
  open(address: string): Promise<OpenCharacter>;
  /** One user less; the last one frees it. */
  close(id: number): Promise<void>;
  paint(id: number, pose: Float32Array, quality: string): Promise<PaintedFrame>;
  /** A pose painted exactly, as a PNG with straight alpha. */
  png(id: number, pose: Float32Array): Promise<Blob>;
  counts(): Promise<StageCounts>;
}
