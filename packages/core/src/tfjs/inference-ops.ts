import * as tf from '@tensorflow/tfjs-core';
import type { InferenceOps } from '../ops/inference-ops.ts';
import { attention } from './attention.ts';
import { conv2d, convTranspose2d, depthwiseConv2d, depthwiseConvTranspose2d } from './convolution.ts';
import { groupNorm } from './group-norm.ts';

/** The operators without gradients, plain tfjs. */
export const inferenceOps: InferenceOps<tf.Tensor> = {
  conv2d,
  depthwiseConv2d,
  convTranspose2d,
  depthwiseConvTranspose2d,
  weightPart(weight, axis, begin, count) {
    const begins = weight.shape.map((_, i) => (i === axis ? begin : 0));
    return tf.slice(
      weight,
      begins,
      weight.shape.map((size, i) => (i === axis ? count : size)),
    );
  },
  groupNorm,
  relu: (x) => tf.relu(x),
  leakyRelu: (x, slope) => tf.leakyRelu(x, slope),
  sigmoid: (x) => tf.sigmoid(x),
  tanh: (x) => tf.tanh(x),
  silu: (x) => tf.tidy(() => tf.mul(x, tf.sigmoid(x))),
  halve: (x) => tf.avgPool(x as tf.Tensor4D, 2, 2, 'valid'),
  doubleNearest(x) {
    const [, h, w] = x.shape as [number, number, number];
    return tf.image.resizeNearestNeighbor(x as tf.Tensor4D, [2 * h, 2 * w]);
  },
  attention,
};
