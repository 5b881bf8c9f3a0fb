import * as tf from '@tensorflow/tfjs-core';
import type { Ops } from '../ops/ops.ts';
import { dense } from './dense.ts';
import { gridSample } from './grid-sample.ts';
import { inferenceOps } from './inference-ops.ts';
import { add, concat, crop, matrixRows, mul, paste, poseImage, repeatBatch, split, sub } from './layout-ops.ts';
import { resizeBilinear } from './resize-bilinear.ts';
import { sine, sineDense } from './sine-dense.ts';

/**
 * The eager executor: runs a network on whatever tfjs backend is current.
 *
 * Every operator except `InferenceOps` carries its own gradient, so `tf.grads` and `tf.variableGrads` work in Node and in
 * a bundle without registering any; nothing global is touched. A loss needs differentiable operators too: see `l1Loss`.
 */
export function tfjsOps(): Ops<tf.Tensor> {
  return {
    tidy: <R>(body: () => R): R => tf.tidy(body as () => tf.TensorContainer) as R,
    constant: (data, shape) => tf.tensor(data, [...shape]),
    shape: (x) => x.shape,
    concat,
    split,
    add,
    sub,
    mul,
    dense,
    matrixRows,
    sine,
    sineDense,
    poseImage,
    repeatBatch,
    resizeBilinear,
    gridSample,
    crop,
    paste,
    ...inferenceOps,
  };
}
