import * as tf from '@tensorflow/tfjs-core';
import { differentiable } from './differentiable.ts';

/**
 * Bilinear resize with half-pixel centres (`align_corners = false`), no antialiasing; with a gradient.
 *
 * `source = (i + 1/2) in / out - 1/2`, clamped to the outermost pixel centres. tfjs's own gradient of this op does not
 * know half-pixel centres, hence the one here: the resize is linear, so its gradient is the transpose of one matrix per
 * axis.
 *
 * @param x `[n, h, w, c]` float32
 * @returns `[n, height, width, c]`, owned by the caller
 */
export function resizeBilinear(x: tf.Tensor, height: number, width: number): tf.Tensor {
  const [n, h, w, c] = x.shape as [number, number, number, number];
  return differentiable(
    [x],
    () => tf.image.resizeBilinear(x as tf.Tensor4D, [height, width], false, true),
    [],
    (dy) => {
      const rows = tf.matMul(transposedWeights(h, height), tf.reshape(dy, [n, height, width * c]));
      const columns = tf.matMul(transposedWeights(w, width), tf.reshape(rows, [n * h, width, c]));
      return [tf.reshape(columns, [n, h, w, c])];
    },
  );
}

/** `[1, from, to]`: how much each of `from` source pixels counts in each of `to` result pixels. */
function transposedWeights(from: number, to: number): tf.Tensor {
  const weights = new Float32Array(from * to);
  for (let i = 0; i < to; i++) {
    const source = Math.min(Math.max(((i + 0.5) * from) / to - 0.5, 0), from - 1);
    const low = Math.floor(source);
    const high = Math.min(low + 1, from - 1);
    weights[low * to + i]! += 1 - (source - low);
    weights[high * to + i]! += source - low;
  }
  return tf.tensor(weights, [1, from, to]);
}
