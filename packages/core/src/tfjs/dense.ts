import * as tf from '@tensorflow/tfjs-core';
import { differentiable } from './differentiable.ts';

/**
 * `x W + b` over the last axis, with gradients.
 *
 * @param x `[..., in]` float32
 * @param weight `[in, out]`
 * @param bias `[out]`, or `null` for none
 * @returns `[..., out]`, owned by the caller
 */
export function dense(x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor | null): tf.Tensor {
  return differentiable(
    bias === null ? [x, weight] : [x, weight, bias],
    () => affine(x, weight, bias),
    [x, weight],
    (dy, [x, weight]) => affineGradients(dy, x!, weight!).slice(0, bias === null ? 2 : 3),
  );
}

/**
 * Most products that one sum may have. tfjs-wasm adds them one by one without fused multiply-add; over the 360 inputs of
 * a body layer that loses so much that the flow left the golden limits (p99.9 4.7 times torch's; with this 2).
 */
const LONGEST_SUM = 128;

/** `x W + b`, long sums in parts of equal length. */
export function affine(x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor | null): tf.Tensor {
  const [ins, outs] = weight.shape as [number, number];
  const step = Math.ceil(ins / Math.ceil(ins / LONGEST_SUM));
  const pixels = rows(x);
  let sum: tf.Tensor | null = null;
  for (let begin = 0; begin < ins; begin += step) {
    const count = Math.min(step, ins - begin);
    const a = count === ins ? pixels : tf.slice(pixels, [0, begin], [-1, count]);
    const b = count === ins ? weight : tf.slice(weight, [begin, 0], [count, outs]);
    const product: tf.Tensor = tf.fused.matMul({
      a,
      b: b as tf.Tensor2D,
      ...(begin === 0 && bias !== null && { bias }),
    });
    sum = sum === null ? product : tf.add(sum, product);
  }
  return tf.reshape(sum!, [...x.shape.slice(0, -1), outs]);
}

/** Gradients of `x W + b` for x, W and b, given the one for the result. */
export function affineGradients(dy: tf.Tensor, x: tf.Tensor, weight: tf.Tensor): [tf.Tensor, tf.Tensor, tf.Tensor] {
  const dyRows = rows(dy);
  // Explicit transposes: tfjs-wasm multiplies transposed operands without SIMD, some eight times slower.
  const dx = tf.reshape(tf.matMul(dyRows, tf.transpose(weight)), x.shape);
  return [dx, tf.matMul(tf.transpose(rows(x)), dyRows), tf.sum(dyRows, 0)];
}

function rows(x: tf.Tensor): tf.Tensor2D {
  return tf.reshape(x, [-1, x.shape.at(-1)!]);
}
