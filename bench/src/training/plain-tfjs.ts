import * as tf from '@tensorflow/tfjs-core';

/**
 * `sin(30 (x W + b))` as tfjs itself computes it, its gradient too: `matMul`, `add`, `mul`, `sin`, and on the way back
 * `cos` and two transposed `matMul`. In Node, tfjs-core comes without its table of gradients, so they are named here.
 */
export function plainSineLayer(x: tf.Tensor2D, weight: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor2D {
  return tf.customGrad((x, weight, bias, save) => {
    const argument = tf.mul(tf.add(tf.matMul(x as tf.Tensor2D, weight as tf.Tensor2D), bias as tf.Tensor), 30);
    (save as unknown as (tensors: tf.Tensor[]) => void)([x as tf.Tensor, weight as tf.Tensor, argument]);
    return {
      value: tf.sin(argument),
      gradFunc: (dy: tf.Tensor, [x, weight, argument]: tf.Tensor[]) =>
        matrixGradients(tf.mul(tf.mul(dy, tf.cos(argument!)), 30), x!, weight!),
    };
  })(x, weight, bias) as tf.Tensor2D;
}

/** `x W + b`. */
export function plainLinear(x: tf.Tensor2D, weight: tf.Tensor2D, bias: tf.Tensor1D): tf.Tensor2D {
  return tf.customGrad((x, weight, bias, save) => {
    (save as unknown as (tensors: tf.Tensor[]) => void)([x as tf.Tensor, weight as tf.Tensor]);
    return {
      value: tf.add(tf.matMul(x as tf.Tensor2D, weight as tf.Tensor2D), bias as tf.Tensor),
      gradFunc: (dy: tf.Tensor, [x, weight]: tf.Tensor[]) => matrixGradients(dy, x!, weight!),
    };
  })(x, weight, bias) as tf.Tensor2D;
}

function matrixGradients(dz: tf.Tensor, x: tf.Tensor, weight: tf.Tensor): tf.Tensor[] {
  return [tf.matMul(dz, weight, false, true), tf.matMul(x, dz, true, false), tf.sum(dz, 0)];
}
