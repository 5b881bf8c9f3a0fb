import * as tf from '@tensorflow/tfjs-core';
import type { Weights } from '../checkpoint/stored-tensor.ts';

/** Puts a network's weights on the current backend. The caller owns the tensors; see `disposeParams`. */
export function uploadWeights(weights: Weights): Map<string, tf.Tensor> {
  return new Map([...weights].map(([key, { data, shape }]) => [key, tf.tensor(data, [...shape])]));
}

/** Frees what `uploadWeights` made. */
export function disposeParams(params: ReadonlyMap<string, tf.Tensor>): void {
  for (const tensor of params.values()) tensor.dispose();
}
