import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { TFJS_BACKENDS, useBackend } from '../../test/support/backends.ts';
import { add, concat, crop, mul, paste, poseImage, repeatBatch, split, sub } from './layout-ops.ts';

const numbers = (x: tf.Tensor): number[] => [...x.dataSync()];
const range = (shape: number[], first = 0): tf.Tensor => {
  const size = shape.reduce((product, each) => product * each, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, (_, i) => first + i),
    shape,
  );
};

describe.each(TFJS_BACKENDS)('layout operators on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  /** Value of `f`, and its gradients for all inputs when every element of the result counts `1, 2, 3, ...` times. */
  const run = (f: (...inputs: tf.Tensor[]) => tf.Tensor, ...inputs: tf.Tensor[]): [number[], ...number[][]] => {
    const before = tf.memory().numTensors;
    const result = tf.tidy((): [number[], ...number[][]] => {
      const value = f(...inputs);
      return [numbers(value), ...tf.grads(f)(inputs, range(value.shape, 1)).map(numbers)] as never;
    });
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose(inputs);
    return result;
  };

  test('concat', () => {
    expect(run((a, b) => concat([a!, b!]), range([2, 1]), range([2, 2], 10))).toEqual([
      [0, 10, 11, 1, 12, 13],
      [1, 4],
      [2, 3, 5, 6],
    ]);
  });

  test('split', () => {
    expect(run((x) => split(x!, [1, 2])[1]!, range([2, 3]))).toEqual([
      [1, 2, 4, 5],
      [0, 1, 2, 0, 3, 4],
    ]);
  });

  test('crop and paste', () => {
    expect(run((x) => crop(x!, 1, 0, 1, 2), range([1, 2, 3, 1]))).toEqual([
      [3, 4],
      [0, 0, 0, 1, 2, 0],
    ]);
    expect(run((a, b) => paste(a!, b!, 0, 1), range([1, 2, 3, 1]), range([1, 1, 2, 1], 10))).toEqual([
      [0, 10, 11, 3, 4, 5],
      [1, 0, 0, 4, 5, 6],
      [2, 3],
    ]);
  });

  test('poseImage and repeatBatch', () => {
    expect(run((x) => poseImage(x!, 2, 1), range([2, 2]))).toEqual([
      [0, 1, 0, 1, 2, 3, 2, 3],
      [1 + 3, 2 + 4, 5 + 7, 6 + 8],
    ]);
    expect(run((x) => repeatBatch(x!, 2), range([1, 2]))).toEqual([
      [0, 1, 0, 1],
      [1 + 3, 2 + 4],
    ]);
  });

  test('add, sub and mul repeat axes of size 1', () => {
    expect(run(add, range([2, 2]), range([1, 2], 10))).toEqual([
      [10, 12, 12, 14],
      [1, 2, 3, 4],
      [4, 6],
    ]);
    expect(run(sub, range([2, 2]), range([2, 1], 10))).toEqual([
      [-10, -9, -9, -8],
      [1, 2, 3, 4],
      [-3, -7],
    ]);
    expect(run(mul, range([2, 2]), range([2, 1], 10))).toEqual([
      [0, 10, 22, 33],
      [10, 20, 33, 44],
      [2, 2 * 3 + 3 * 4],
    ]);
  });
});
