import * as tf from '@tensorflow/tfjs-core';
import { differentiable } from './differentiable.ts';

/**
 * Mean absolute difference, `mean(mask |actual - expected|)`, with a gradient for `actual` (0 where they are equal).
 *
 * The mean is over all elements, also those that the mask leaves out.
 *
 * @param actual any shape, float32
 * @param expected same shape; treated as a constant
 * @param mask broadcast against them, or `null` for 1 everywhere
 * @returns a scalar, owned by the caller
 * Source: `shion/base/loss/l1_loss.py` of the THA4 demo.
 */
export function l1Loss(actual: tf.Tensor, expected: tf.Tensor, mask: tf.Tensor | null = null): tf.Scalar {
  const masked = (x: tf.Tensor, mask: tf.Tensor | null | undefined): tf.Tensor => (mask ? tf.mul(x, mask) : x);
  return differentiable(
    [actual],
    () => tf.mean(masked(tf.abs(tf.sub(actual, expected)), mask)),
    mask === null ? [actual, expected] : [actual, expected, mask],
    (dy, [actual, expected, mask]) => [
      tf.mul(masked(tf.sign(tf.sub(actual!, expected!)), mask), tf.div(dy, actual!.size)),
    ],
  ) as tf.Scalar;
}
