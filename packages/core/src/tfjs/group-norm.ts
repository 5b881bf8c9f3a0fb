import * as tf from '@tensorflow/tfjs-core';
import type { Modulation } from '../ops/inference-ops.ts';

/** Source: PyTorch's default, which all networks keep. */
const EPSILON = 1e-5;

/** See `InferenceOps.groupNorm`. The variance is taken of the centred picture, in a second pass. */
export function groupNorm(
  x: tf.Tensor,
  groups: number,
  weight: tf.Tensor,
  bias: tf.Tensor,
  modulation?: Modulation<tf.Tensor>,
): tf.Tensor {
  const c = x.shape[3]!;
  return tf.tidy(() => {
    const centred = tf.sub(x, groupMeans(x, groups));
    const variance = tf.tidy(() => groupMeans(tf.square(centred), groups));
    let scale: tf.Tensor = tf.mul(tf.rsqrt(tf.add(variance, EPSILON)), tf.reshape(weight, [1, 1, 1, c]));
    let shift: tf.Tensor = tf.reshape(bias, [1, 1, 1, c]);
    if (modulation !== undefined) {
      const factor = tf.add(modulation.scale, 1);
      scale = tf.mul(scale, factor);
      shift = tf.add(tf.mul(shift, factor), modulation.shift);
    }
    return tf.add(tf.mul(centred, scale), shift);
  });
}

/**
 * Each channel's mean over its group, `[n, 1, 1, c]`. One axis after the other: tfjs-wasm adds up one number at a time
 * in float32, and a quarter of a million squares in one sum lose five digits.
 */
function groupMeans(x: tf.Tensor, groups: number): tf.Tensor {
  const [n, , , c] = x.shape as [number, number, number, number];
  return tf.tidy(() => {
    const perChannel = tf.mean(tf.mean(x, 2), 1);
    if (groups === c) return tf.reshape(perChannel, [n, 1, 1, c]);
    const size = c / groups;
    const means = tf.mean(tf.reshape(perChannel, [n, groups, size]), 2, true);
    return tf.reshape(tf.tile(means, [1, 1, size]), [n, 1, 1, c]);
  });
}
