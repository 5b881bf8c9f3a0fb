import * as tf from '@tensorflow/tfjs-core';
import { differentiable } from './differentiable.ts';

/**
 * Bilinear samples of an image at normalised coordinates, border clamped, `align_corners = false`; with gradients for
 * image and grid.
 *
 * `pixel = ((x + 1) width - 1) / 2`, clamped to `[0, width - 1]`. As in torch, the grid's gradient is 0 where clamping
 * was active and at the limits themselves.
 *
 * @param image `[n, h, w, c]` float32
 * @param grid `[n, gh, gw, 2]` float32, last axis (x, y); the picture spans [-1, 1]
 * @returns `[n, gh, gw, c]`, owned by the caller
 * Source: ATen `grid_sampler_2d` (bilinear, border).
 */
export function gridSample(image: tf.Tensor, grid: tf.Tensor): tf.Tensor {
  const inputs = [image, grid];
  return differentiable(
    inputs,
    () => samples(image, grid),
    inputs,
    (dy, [image, grid]) => gradients(dy, image!, grid!),
  );
}

function samples(image: tf.Tensor, grid: tf.Tensor): tf.Tensor {
  const { x, y, corners } = locate(image.shape, grid);
  const [a, b, c, d] = corners.map((index) => tf.gather(pixels(image), index)) as Four;
  const mixed = mix(mix(a, b, x.fraction), mix(c, d, x.fraction), y.fraction);
  return tf.reshape(mixed, [...grid.shape.slice(0, 3), image.shape[3]!]);
}

type Four = [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];

/** Where the samples fall on one axis; each tensor is `[points, 1]`. */
interface AxisPosition {
  /** Index of the pixel before and after the sample, int32. */
  readonly low: tf.Tensor;
  readonly high: tf.Tensor;
  /** Distance from `low`, pixels in [0, 1). */
  readonly fraction: tf.Tensor;
  /** 1 where the sample lies strictly inside the outermost pixel centres, else 0. */
  readonly inside: tf.Tensor;
}

/** Positions per axis and the row of each sample's four pixels, `[points]` int32: upper left, upper right, lower ones. */
function locate(imageShape: readonly number[], grid: tf.Tensor): { x: AxisPosition; y: AxisPosition; corners: Four } {
  const [n, height, width] = imageShape as [number, number, number];
  const points = grid.size / 2;
  // Transposed first: cutting the last axis would copy one number at a time.
  const [gridX, gridY] = tf.split(tf.reshape(tf.transpose(tf.reshape(grid, [points, 2])), [2 * points, 1]), 2, 0);
  const x = axisPosition(gridX!, width);
  const y = axisPosition(gridY!, height);
  const first = tf.mul(tf.range(0, n, 1, 'int32'), tf.scalar(height * width, 'int32'));
  const start = tf.reshape(tf.tile(tf.reshape(first, [n, 1]), [1, points / n]), [points, 1]);
  const index = (row: tf.Tensor, column: tf.Tensor): tf.Tensor =>
    tf.reshape(tf.add(start, tf.add(tf.mul(row, tf.scalar(width, 'int32')), column)), [points]);
  return { x, y, corners: [index(y.low, x.low), index(y.low, x.high), index(y.high, x.low), index(y.high, x.high)] };
}

function axisPosition(coordinate: tf.Tensor, size: number): AxisPosition {
  const pixel = tf.sub(tf.mul(tf.add(coordinate, 1), size / 2), 0.5);
  const clamped = tf.clipByValue(pixel, 0, size - 1);
  const low = tf.floor(clamped);
  return {
    low: tf.cast(low, 'int32'),
    high: tf.cast(tf.minimum(tf.add(low, 1), size - 1), 'int32'),
    fraction: tf.sub(clamped, low),
    inside: tf.cast(tf.logicalAnd(tf.greater(pixel, 0), tf.less(pixel, size - 1)), 'float32'),
  };
}

function gradients(dy: tf.Tensor, image: tf.Tensor, grid: tf.Tensor): [tf.Tensor, tf.Tensor] {
  const [, height, width, channels] = image.shape as [number, number, number, number];
  const { x, y, corners } = locate(image.shape, grid);
  const dyRows = tf.reshape(dy, [-1, channels]);

  const [a, b, c, d] = corners.map((index) => tf.gather(pixels(image), index)) as Four;
  const slopeX = mix(tf.sub(b, a), tf.sub(d, c), y.fraction);
  const slopeY = mix(tf.sub(c, a), tf.sub(d, b), x.fraction);
  const alongAxis = (slope: tf.Tensor, { inside }: AxisPosition, size: number): tf.Tensor =>
    tf.mul(tf.mul(tf.sum(tf.mul(dyRows, slope), 1, true), inside), size / 2);
  const gridGradient = tf.concat([alongAxis(slopeX, x, width), alongAxis(slopeY, y, height)], 1);

  const below = tf.mul(dyRows, y.fraction);
  const above = tf.sub(dyRows, below);
  const shares = [above, below].flatMap((share) => {
    const right = tf.mul(share, x.fraction);
    return [tf.sub(share, right), right];
  });
  // scatterND adds up what falls on the same pixel.
  const indices = tf.expandDims(tf.concat(corners, 0), 1);
  const imageGradient = tf.scatterND(indices, tf.concat(shares, 0), [image.size / channels, channels]);
  return [tf.reshape(imageGradient, image.shape), tf.reshape(gridGradient, grid.shape)];
}

/** `[n, h, w, c]` as one row per pixel. */
function pixels(image: tf.Tensor): tf.Tensor {
  return tf.reshape(image, [-1, image.shape[3]!]);
}

function mix(from: tf.Tensor, to: tf.Tensor, fraction: tf.Tensor): tf.Tensor {
  return tf.add(from, tf.mul(tf.sub(to, from), fraction));
}
