import * as tf from '@tensorflow/tfjs-core';
import { differentiable } from './differentiable.ts';

/**
 * `x W + b` over the last axis, with gradients.
 *
 * @param x `[..., in]` float32
 * @param weight `[in, out]`
 * @param bias `[out]`
 * @returns `[..., out]`, owned by the caller
 */
export function dense(x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor): tf.Tensor {
  return differentiable(
    [x, weight, bias],
    () => affine(x, weight, bias),
    [x, weight],
    (dy, [x, weight]) => affineGradients(dy, x!, weight!),
  );
}

/** `x W + b` in one kernel. */
export function affine(x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor): tf.Tensor {
  const outChannels = weight.shape[1]!;
  const product = tf.fused.matMul({ a: rows(x), b: weight as tf.Tensor2D, bias });
  return tf.reshape(product, [...x.shape.slice(0, -1), outChannels]);
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
