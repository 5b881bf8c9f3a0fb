import { type Params, param } from '../params.ts';
import type { Run } from '../run.ts';

/** A convolution without a bias, as the encoder-decoders have them. */
export interface Convolution {
  /** Key of the weight; of a separable one, the keys of its filter per channel and of its 1x1 convolution. */
  readonly keys: readonly [string] | readonly [depthwise: string, pointwise: string];
  readonly ins: number;
  readonly outs: number;
  readonly kernel: 3 | 4 | 7;
  /** `down` has stride 2; `up` is transposed, and doubles the size. Both have kernels of 4. */
  readonly size: 'same' | 'down' | 'up';
}

/** Adds the keys of a convolution to a spec. */
export function convolutionSpec(
  spec: Map<string, readonly number[]>,
  { keys: [first, second], ins, outs, kernel, size }: Convolution,
): void {
  if (second === undefined) {
    spec.set(`${first}.weight`, [kernel, kernel, ...(size === 'up' ? [outs, ins] : [ins, outs])]);
  } else {
    spec.set(`${first}.weight`, [kernel, kernel, 1, ins]).set(`${second}.weight`, [ins, outs]);
  }
}

/**
 * Convolves.
 *
 * @param begin where the channels of `x` begin among those that the convolution takes: it is linear, so what only some
 *   of its inputs give can be computed alone, and added to the rest
 */
export function convolve<T>({ ops, params }: Run<T>, convolution: Convolution, x: T, begin = 0): T {
  const { keys, size, ins } = convolution;
  const count = ops.shape(x)[3]!;
  const stride = size === 'down' ? 2 : 1;
  const weight = (key: string, axis: number): T =>
    count === ins ? weightOf(params, key) : ops.weightPart(weightOf(params, key), axis, begin, count);
  const [first, second] = keys;
  return ops.tidy(() => {
    if (second === undefined) {
      if (size === 'up') return ops.convTranspose2d(x, weightOf(params, first));
      return ops.conv2d(x, weight(first, 2), null, stride);
    }
    const filter = weight(first, 3);
    const filtered = size === 'up' ? ops.depthwiseConvTranspose2d(x, filter) : ops.depthwiseConv2d(x, filter, stride);
    return ops.dense(filtered, weight(second, 0), null);
  });
}

function weightOf<T>(params: Params<T>, key: string): T {
  return param(params, `${key}.weight`);
}
