import * as tf from '@tensorflow/tfjs-core';
import { assertClose } from '@tha4/test-utils';
import { beforeAll, describe, expect, test } from 'vitest';
import { TFJS_BACKENDS, useBackend } from '../../test/support/backends.ts';
import { gridSample } from './grid-sample.ts';

// One channel, 2 rows, 3 columns; pixel centres at x = -2/3, 0, 2/3 and y = -1/2, 1/2.
const IMAGE = [1, 2, 3, 10, 20, 30];

const sampleAt = (points: readonly (readonly [number, number])[]): number[] => {
  const result = tf.tidy(() => {
    const grid = tf.tensor(points.flat(), [1, 1, points.length, 2]);
    return gridSample(tf.tensor(IMAGE, [1, 2, 3, 1]), grid).dataSync();
  });
  return [...result];
};

describe.each(TFJS_BACKENDS)('gridSample on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  test('hits pixel centres and mixes between them', () => {
    const points = [
      [-2 / 3, -0.5],
      [0, 0.5],
      [0, 0],
      [1 / 3, -0.5],
      [1 / 3, 0],
    ] as const;
    assertClose(sampleAt(points), [1, 20, 11, 2.5, 13.75], { atol: 2e-6 });
  });

  test('clamps to the border, however far outside', () => {
    const points = [
      [-1, -1],
      [9, -0.5],
      [-9, 9],
      [0, -7],
    ] as const;
    assertClose(sampleAt(points), [1, 3, 10, 2], { atol: 2e-6 });
  });

  test('picks the image of its own batch entry', () => {
    const result = tf.tidy(() => {
      const images = tf.tensor([1, 2, 3, 4], [2, 1, 2, 1]);
      return gridSample(images, tf.tensor([-1, 0, 1, 0], [2, 1, 1, 2])).dataSync();
    });
    expect([...result]).toEqual([1, 4]);
  });

  test('has no gradient for a grid that is clamped, and gives its weight to the border pixel', () => {
    const before = tf.memory().numTensors;
    const image = tf.tensor(IMAGE, [1, 2, 3, 1]);
    const grid = tf.tensor([1 / 3, -3, 9, 0], [1, 1, 2, 2]);
    const dy = tf.ones([1, 1, 2, 1]);
    const [forImage, forGrid] = tf.grads(gridSample)([image, grid], dy);
    // First point: half way between 2 and 3 on the top row, y clamped; second: right border, half way down.
    assertClose(forImage!.dataSync(), [0, 0.5, 0.5 + 0.5, 0, 0, 0.5], { atol: 1e-6 });
    // d/dx = (3 - 2) * width / 2, d/dy = (30 - 3) * height / 2.
    assertClose(forGrid!.dataSync(), [1.5, 0, 0, 27], { atol: 1e-5 });
    tf.dispose([image, grid, dy, forImage!, forGrid!]);
    expect(tf.memory().numTensors).toBe(before);
  });
});
