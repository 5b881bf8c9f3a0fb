import * as tf from '@tensorflow/tfjs-core';

// What each does, and the padding, is said in `InferenceOps`.

export function conv2d(x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor | null, stride: 1 | 2): tf.Tensor {
  const image = x as tf.Tensor4D;
  const filter = weight as tf.Tensor4D;
  return tf.tidy(() => {
    const y = tf.conv2d(image, filter, stride, padding(filter), 'NHWC', 1, 'floor');
    return bias === null ? y : tf.add(y, bias);
  });
}

export function depthwiseConv2d(x: tf.Tensor, weight: tf.Tensor, stride: 1 | 2): tf.Tensor {
  const filter = perChannel(weight);
  return tf.tidy(() =>
    tf.depthwiseConv2d(x as tf.Tensor4D, tf.reshape(weight, filter), stride, padding(weight), 'NHWC', 1, 'floor'),
  );
}

export function convTranspose2d(x: tf.Tensor, weight: tf.Tensor): tf.Tensor {
  const [n, h, w] = x.shape as [number, number, number];
  const filter = weight as tf.Tensor4D;
  return tf.conv2dTranspose(x as tf.Tensor4D, filter, [n, 2 * h, 2 * w, filter.shape[2]], 2, 1);
}

/** tfjs has none: zeros between the pixels, then a convolution with the turned filter. */
export function depthwiseConvTranspose2d(x: tf.Tensor, weight: tf.Tensor): tf.Tensor {
  return tf.tidy(() => {
    const spread = tf.pad(zerosBetween(x), [
      [0, 0],
      [2, 1],
      [2, 1],
      [0, 0],
    ]) as tf.Tensor4D;
    const turned = tf.reverse(tf.reshape(weight, perChannel(weight)), [0, 1]) as tf.Tensor4D;
    return tf.depthwiseConv2d(spread, turned, 1, 'valid');
  });
}

/** `[n, h, w, c]` -> `[n, 2h, 2w, c]`, the pixels at even rows and columns. */
function zerosBetween(x: tf.Tensor): tf.Tensor {
  const [n, h, w, c] = x.shape as [number, number, number, number];
  const columns = tf.reshape(tf.concat([x, tf.zerosLike(x)], 3), [n, h, 2 * w * c]);
  return tf.reshape(tf.concat([columns, tf.zerosLike(columns)], 2), [n, 2 * h, 2 * w, c]);
}

/** tfjs' shape of a filter per channel: `[k, k, 1, c]` is `[k, k, c, 1]` there. */
function perChannel(weight: tf.Tensor): [number, number, number, number] {
  const [h, w, , c] = weight.shape as [number, number, number, number];
  return [h, w, c, 1];
}

function padding(weight: tf.Tensor): number {
  return (weight.shape[0]! - 1) >> 1;
}
