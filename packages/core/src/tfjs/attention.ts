import * as tf from '@tensorflow/tfjs-core';

/** See `InferenceOps.attention`. Query and key are each scaled by the fourth root, as the original does. */
export function attention(query: tf.Tensor, key: tf.Tensor, value: tf.Tensor, heads: number): tf.Tensor {
  const [n, h, w, c] = query.shape as [number, number, number, number];
  const scale = (c / heads) ** -0.25;
  const perHead = (x: tf.Tensor): tf.Tensor => tf.transpose(tf.reshape(x, [n, h * w, heads, c / heads]), [0, 2, 1, 3]);
  return tf.tidy(() => {
    const scores = tf.matMul(tf.mul(perHead(query), scale), tf.mul(perHead(key), scale), false, true);
    const mixed = tf.matMul(tf.softmax(scores), perHead(value));
    return tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), [n, h, w, c]);
  });
}
