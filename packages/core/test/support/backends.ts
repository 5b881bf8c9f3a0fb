import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { expect } from 'vitest';

/** tfjs backends that run in Node without anything native. */
export const TFJS_BACKENDS = ['cpu', 'wasm'] as const;
export type TfjsBackend = (typeof TFJS_BACKENDS)[number];

export async function useBackend(name: TfjsBackend): Promise<void> {
  expect(await tf.setBackend(name), `tfjs backend '${name}'`).toBe(true);
}

/** Runs `body`, frees the tensors that it returns, and fails when any other is left. */
export async function expectNoLeak<R extends tf.TensorContainer>(
  body: () => R,
  look: (result: R) => void,
): Promise<void> {
  const before = tf.memory().numTensors;
  const result = body();
  look(result);
  tf.dispose(result);
  expect(tf.memory().numTensors, 'tensors left').toBe(before);
}
