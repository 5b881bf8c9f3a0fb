import * as tf from '@tensorflow/tfjs-core';
import { assertClose } from '@tha4/test-utils';
import { beforeAll, describe, test } from 'vitest';
import { expectNoLeak, TFJS_BACKENDS, useBackend } from '../../test/support/backends.ts';
import { sine, sineDense } from './sine-dense.ts';

describe.each(TFJS_BACKENDS)('sine layers on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  test('stay accurate at the arguments of trained students', async () => {
    const x = Float32Array.from({ length: 5001 }, (_, i) => (i - 2500) / 300);
    const input = tf.tensor(x, [1, 1, x.length, 1]);
    // 30 x reaches 250 rad; its rounding to float32 turns is worth 1.2e-5 rad there. Measured: 1.7e-5.
    await expectNoLeak(
      () => sine(input, 30),
      (y) =>
        assertClose(
          y.dataSync(),
          Float64Array.from(x, (value) => Math.sin(30 * value)),
          { atol: 3e-5 },
        ),
    );
    input.dispose();
  });

  test('multiply the bias by omega too', async () => {
    const inputs = [tf.tensor([1, 2], [1, 2]), tf.tensor([0.1, 0.2], [2, 1]), tf.tensor([0.03], [1])] as const;
    await expectNoLeak(
      () => sineDense(...inputs, 2),
      (y) => assertClose(y.dataSync(), [Math.sin(2 * (0.1 + 0.4 + 0.03))], { atol: 1e-6 }),
    );
    tf.dispose([...inputs]);
  });

  test('have cosines as gradients', async () => {
    const x = tf.tensor([0.3, -4], [1, 2]);
    await expectNoLeak(
      () => tf.grad((each: tf.Tensor) => sine(each, 30))(x),
      (dx) => assertClose(dx.dataSync(), [30 * Math.cos(9), 30 * Math.cos(-120)], { atol: 5e-4 }),
    );
    x.dispose();
  });
});
