import * as tf from '@tensorflow/tfjs-core';
import { assertClose } from '@tha4/test-utils';
import { beforeAll, describe, test } from 'vitest';
import { expectNoLeak, TFJS_BACKENDS, useBackend } from '../../test/support/backends.ts';
import { resizeBilinear } from './resize-bilinear.ts';

describe.each(TFJS_BACKENDS)('resizeBilinear on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  test('doubles with half-pixel centres', async () => {
    const x = tf.tensor([0, 4, 8, 12], [1, 2, 2, 1]);
    await expectNoLeak(
      () => resizeBilinear(x, 2, 4),
      (y) => assertClose(y.dataSync(), [0, 1, 3, 4, 8, 9, 11, 12], { atol: 1e-6 }),
    );
    x.dispose();
  });

  test('spreads the gradient as it gathered the value', async () => {
    const x = tf.tensor([0, 4], [1, 1, 2, 1]);
    const dy = tf.tensor([1, 10, 100, 1000], [1, 1, 4, 1]);
    await expectNoLeak(
      () => tf.grad((each: tf.Tensor) => resizeBilinear(each, 1, 4))(x, dy),
      (dx) => assertClose(dx.dataSync(), [1 + 7.5 + 25, 2.5 + 75 + 1000], { atol: 1e-3 }),
    );
    tf.dispose([x, dy]);
  });
});
