import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { useBackend } from '../../test/support/backends.ts';
import { tfjsOps } from './tfjs-ops.ts';

const ops = tfjsOps();

describe('operators that only teachers need', () => {
  beforeAll(() => useBackend('cpu'));

  test('refuse to be differentiated', () => {
    const x = tf.ones([1, 4, 4, 2]);
    const weight = tf.ones([3, 3, 2, 2]);
    expect(() => tf.grads((a, b) => tf.sum(ops.conv2d(a!, b!, null, 1)))([x, weight])).toThrow(/gradient/i);
    expect(() => tf.grads((a) => ops.silu(a!))([x])).toThrow(/gradient/i);
    tf.dispose([x, weight]);
  });
});
