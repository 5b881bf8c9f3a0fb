import * as tf from '@tensorflow/tfjs-core';

/** Gradients for the inputs, in their order, given the one for the result and the tensors that were saved for it. */
export type Gradient = (dy: tf.Tensor, saved: readonly tf.Tensor[]) => tf.Tensor[];

/**
 * Gives an operator a gradient of its own. tfjs-core registers no gradients by itself in Node, and in a bundle only when
 * asked, so every operator that a network uses brings one.
 *
 * @param saved tensors that `gradient` reads; they are held only while a gradient is being recorded
 * @returns what `forward` returns, owned by the caller; intermediates of `forward` and `gradient` are freed
 */
export function differentiable(
  inputs: readonly tf.Tensor[],
  forward: () => tf.Tensor,
  saved: readonly tf.Tensor[],
  gradient: Gradient,
): tf.Tensor {
  return tf.customGrad((...args) => {
    const save = args.at(-1) as unknown as (tensors: tf.Tensor[]) => void;
    save([...saved]);
    return { value: forward(), gradFunc: gradient };
  })(...inputs);
}
