import * as tf from '@tensorflow/tfjs-core';
import { differentiable } from './differentiable.ts';

// Operators that move numbers around or combine two tensors. What each does is said in `Ops`.

export function concat(parts: readonly tf.Tensor[]): tf.Tensor {
  const sizes = parts.map((part) => part.shape.at(-1)!);
  return differentiable(
    parts,
    () => tf.concat([...parts], -1),
    [],
    (dy) => tf.split(dy, sizes, -1),
  );
}

export function split(x: tf.Tensor, sizes: readonly number[]): tf.Tensor[] {
  const outer = x.shape.slice(0, -1);
  let at = 0;
  return sizes.map((size) => slice(x, [...outer.map(() => 0), (at += size) - size], [...outer, size]));
}

export function crop(x: tf.Tensor, top: number, left: number, height: number, width: number): tf.Tensor {
  return slice(x, [0, top, left, 0], [x.shape[0]!, height, width, x.shape[3]!]);
}

export function paste(base: tf.Tensor, patch: tf.Tensor, top: number, left: number): tf.Tensor {
  return differentiable(
    [base, patch],
    () => overwrite(base, patch, top, left),
    [],
    (dy) => [overwrite(dy, tf.zeros(patch.shape), top, left), crop(dy, top, left, patch.shape[1]!, patch.shape[2]!)],
  );
}

export function matrixRows(weight: tf.Tensor, begin: number, count: number): tf.Tensor {
  return slice(weight, [begin, 0], [count, weight.shape[1]!]);
}

export function poseImage(pose: tf.Tensor, height: number, width: number): tf.Tensor {
  const [n, p] = pose.shape as [number, number];
  return differentiable(
    [pose],
    () => tf.tile(tf.reshape(pose, [n, 1, 1, p]), [1, height, width, 1]),
    [],
    (dy) => [tf.sum(dy, [1, 2])],
  );
}

export function repeatBatch(x: tf.Tensor, n: number): tf.Tensor {
  const repetitions = x.shape.map((_, axis) => (axis === 0 ? n : 1));
  return differentiable(
    [x],
    () => (n === 1 ? tf.clone(x) : tf.tile(x, repetitions)),
    [],
    (dy) => [tf.sum(dy, 0, true)],
  );
}

export function add(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return differentiable(
    [a, b],
    () => tf.add(a, b),
    [],
    (dy) => [sumTo(a.shape, dy), sumTo(b.shape, dy)],
  );
}

export function sub(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return differentiable(
    [a, b],
    () => tf.sub(a, b),
    [],
    (dy) => [sumTo(a.shape, dy), tf.neg(sumTo(b.shape, dy))],
  );
}

export function mul(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return differentiable(
    [a, b],
    () => tf.mul(a, b),
    [a, b],
    (dy, [a, b]) => [sumTo(a!.shape, tf.mul(dy, b!)), sumTo(b!.shape, tf.mul(dy, a!))],
  );
}

function slice(x: tf.Tensor, begin: number[], size: number[]): tf.Tensor {
  const paddings = x.shape.map((all, axis): [number, number] => [begin[axis]!, all - begin[axis]! - size[axis]!]);
  return differentiable(
    [x],
    () => tf.slice(x, begin, size),
    [],
    (dy) => [tf.pad(dy, paddings)],
  );
}

function overwrite(base: tf.Tensor, patch: tf.Tensor, top: number, left: number): tf.Tensor {
  const [n, height, width, c] = base.shape as [number, number, number, number];
  const [, rows, columns] = patch.shape as [number, number, number];
  const bottom = top + rows;
  const right = left + columns;
  const middle = [
    tf.slice(base, [0, top, 0, 0], [n, rows, left, c]),
    patch,
    tf.slice(base, [0, top, right, 0], [n, rows, width - right, c]),
  ];
  const bands = [
    tf.slice(base, [0, 0, 0, 0], [n, top, width, c]),
    tf.concat(middle, 2),
    tf.slice(base, [0, bottom, 0, 0], [n, height - bottom, width, c]),
  ];
  return tf.concat(bands, 1);
}

/** The gradient of an operand that was broadcast: `dy` summed over the axes along which it was repeated. */
function sumTo(shape: number[], dy: tf.Tensor): tf.Tensor {
  const axes = tf.broadcast_util.getReductionAxes(shape, dy.shape);
  return axes.length === 0 ? tf.clone(dy) : tf.reshape(tf.sum(dy, axes), shape);
}
