/**
 * Operators that only the teacher networks need. They have no gradients: teachers paint, nobody trains them here, and
 * tfjs says so loudly when one is asked for. Conventions as in `Ops`.
 *
 * A convolution's weight is `[k, k, in, out]`; padding is `(k - 1) / 2`, rounded down, on all sides, with zeros: stride
 * 1 keeps the size for odd k, and k = 4 with stride 2 halves an even one.
 */
export interface InferenceOps<T> {
  /** `x [n, h, w, in]`, `weight [k, k, in, out]`, `bias [out]` or `null` -> `[n, h', w', out]`. */
  conv2d(x: T, weight: T, bias: T | null, stride: 1 | 2): T;
  /** One k x k filter for each channel: `x [n, h, w, c]`, `weight [k, k, 1, c]` -> `[n, h', w', c]`. */
  depthwiseConv2d(x: T, weight: T, stride: 1 | 2): T;
  /**
   * The transposed convolution that doubles the size (k = 4, stride 2, padding 1):
   * `x [n, h, w, in]`, `weight [4, 4, out, in]` -> `[n, 2h, 2w, out]`.
   */
  convTranspose2d(x: T, weight: T): T;
  /** The same for each channel alone: `x [n, h, w, c]`, `weight [4, 4, 1, c]` -> `[n, 2h, 2w, c]`. */
  depthwiseConvTranspose2d(x: T, weight: T): T;
  /** The entries `begin..begin+count` of a weight along one of its axes, e.g. those of some input channels. */
  weightPart(weight: T, axis: number, begin: number, count: number): T;
  /**
   * Zero mean and unit variance within each of `groups` groups of neighbouring channels of one picture (biased variance,
   * epsilon 1e-5 under the root), then `y weight + bias`, then `y (1 + scale) + shift` where there is a modulation.
   * As many groups as channels is an instance norm.
   *
   * @param x `[n, h, w, c]`
   * @param weight `[c]`, like `bias`
   */
  groupNorm(x: T, groups: number, weight: T, bias: T, modulation?: Modulation<T>): T;
  relu(x: T): T;
  /** `x` where positive, else `slope x`. */
  leakyRelu(x: T, slope: number): T;
  sigmoid(x: T): T;
  tanh(x: T): T;
  /** `x sigmoid(x)`. */
  silu(x: T): T;
  /** Means of 2x2 pixels: `[n, h, w, c]` with even h and w -> `[n, h/2, w/2, c]`. */
  halve(x: T): T;
  /** Every pixel four times: `[n, h, w, c]` -> `[n, 2h, 2w, c]`. */
  doubleNearest(x: T): T;
  /**
   * Softmax attention between all pixels of a picture: channels are cut into `heads` equal parts, and each part is
   * `softmax(q k / sqrt(c / heads)) v`. All three `[n, h, w, c]`, the result too.
   */
  attention(query: T, key: T, value: T, heads: number): T;
}

/** What a pose does to a normalised picture: both `[n, 1, 1, c]`. */
export interface Modulation<T> {
  readonly scale: T;
  readonly shift: T;
}
