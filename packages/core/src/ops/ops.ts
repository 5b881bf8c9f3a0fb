import type { InferenceOps } from './inference-ops.ts';

/**
 * The operators that the networks are written in, in the field's words. A network is a pure function over `Ops<T>`,
 * so the same lines run eagerly on tfjs (with gradients, except for `InferenceOps`) and record an ONNX graph.
 *
 * Conventions, all pinned by golden tests: layout NHWC; pixel centre `i` of `n` at `(2i + 1) / n - 1`
 * (`align_corners = false`); bilinear; grids and flows hold (x, y) on their last axis, x rightward, y downward.
 *
 * @typeParam T what stands for a tensor: a `tf.Tensor`, or a value of a recorded graph
 */
export interface Ops<T> extends InferenceOps<T> {
  /**
   * Runs `body`, then frees every tensor made in it except those it returns (one, or an array or plain object of them).
   * Only an eager executor has something to free.
   */
  tidy<R>(body: () => R): R;
  /** Uploads (or bakes into the graph) row-major float32 numbers. */
  constant(data: Float32Array, shape: readonly number[]): T;
  /** Sizes of `x`, NHWC for images. */
  shape(x: T): readonly number[];
  /** Joins along the last axis (channels). */
  concat(parts: readonly T[]): T;
  /** Cuts the last axis (channels) into parts of the given sizes. */
  split(x: T, sizes: readonly number[]): T[];
  /** Elementwise, like `sub` and `mul`: operands have the same rank, and axes of size 1 are repeated. */
  add(a: T, b: T): T;
  sub(a: T, b: T): T;
  mul(a: T, b: T): T;
  /** `x W + b` over the last axis; `null` for no b. `x [..., in]`, `weight [in, out]`, `bias [out]` -> `[..., out]`. */
  dense(x: T, weight: T, bias: T | null): T;
  /** Rows `begin..begin+count` of `weight [in, out]`: the part that belongs to some of the input's channels. */
  matrixRows(weight: T, begin: number, count: number): T;
  /** `sin(omega x)`. */
  sine(x: T, omega: number): T;
  /** `sin(omega * (x W + b))`, shapes as in `dense`; omega multiplies the bias too. */
  sineDense(x: T, weight: T, bias: T, omega: number): T;
  /** Repeats `pose [n, p]` at every pixel -> `[n, height, width, p]`. */
  poseImage(pose: T, height: number, width: number): T;
  /** Repeats a batch of one: `[1, ...]` -> `[n, ...]`. */
  repeatBatch(x: T, n: number): T;
  /** Bilinear, half-pixel centres, no antialiasing: `[n, h, w, c]` -> `[n, height, width, c]`. */
  resizeBilinear(x: T, height: number, width: number): T;
  /** Bilinear samples of `image [n, h, w, c]` at `grid [n, gh, gw, 2]`, border clamped -> `[n, gh, gw, c]`. */
  gridSample(image: T, grid: T): T;
  /** Rows `top..top+height`, columns `left..left+width` of `x [n, h, w, c]`. */
  crop(x: T, top: number, left: number, height: number, width: number): T;
  /** `base [n, h, w, c]` with `patch [n, ph, pw, c]` written over it, its upper left corner at (top, left). */
  paste(base: T, patch: T, top: number, left: number): T;
}
