import type { FaceLandmarks } from '@tha4/pose-mapper';

/** One camera frame after the tracker has looked at it. */
export interface TrackedFrame {
  /** When the camera took the frame, on the page's `performance.now()` clock, milliseconds. */
  readonly capturedAt: number;
  /** How long the tracker looked at it, milliseconds. */
  readonly inferenceMs: number;
  /** How many faces it saw; the numbers below are those of the one that is followed. */
  readonly faces: number;
  /** `null` without a face. */
  readonly face: TrackedFace | null;
}

/** What the tracker says of a face, unmirrored; left and right are the person's own. */
export interface TrackedFace {
  /** `[52]` scores 0..1 in the order of `BLENDSHAPE_NAMES`. */
  readonly blendshapes: Float32Array;
  /** Head pose, 4x4 column-major. */
  readonly matrix: Float32Array;
  readonly landmarks: FaceLandmarks;
}

/** What the page tells the worker. */
export type TrackerRequest =
  | { readonly type: 'load'; readonly model: Uint8Array }
  /** Follow these frames until `rest`. */
  | { readonly type: 'frames'; readonly frames: ReadableStream<VideoFrame> }
  /** Look at one frame; the next one is sent when its answer has come. */
  | { readonly type: 'frame'; readonly frame: ImageBitmap; readonly capturedAt: number }
  | { readonly type: 'rest' };

/** What the worker answers. Times are on the clock of `performance.timeOrigin + performance.now()`. */
export type TrackerAnswer =
  | { readonly type: 'loaded' }
  | { readonly type: 'tracked'; readonly frame: TrackedFrame }
  | { readonly type: 'failed'; readonly message: string };
