/** Bytes of a working file, wherever the contestant runs. */
export type ReadFile = (name: 'character.tha' | 'ours.onnx' | 'published.onnx' | 'picture.f32') => Promise<Uint8Array>;

/** A contestant that has its character. */
export interface Painter {
  /** What it is in a few words, with its version. */
  readonly engine: string;
  /** @param pose 45 numbers @returns time from the pose to the finished frame, milliseconds */
  paint(pose: Float32Array): Promise<number>;
}

/** What a frame took. */
export interface FrameTime {
  /** Milliseconds on the clock. */
  readonly ms: number;
  /** Milliseconds of processor, all threads together; `null` where nobody tells. */
  readonly cpuMs: number | null;
}
