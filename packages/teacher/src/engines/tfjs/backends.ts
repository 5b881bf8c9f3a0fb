import { BackendError } from '@tha4/core';
import type { EngineName } from '../engine.ts';

/** Backends of TensorFlow.js: the name of the package that registers one, and of the backend. */
const BACKENDS = {
  'tfjs-node-gpu': { package: '@tensorflow/tfjs-node-gpu', backend: 'tensorflow', words: 'TensorFlow (CUDA)' },
  'tfjs-wasm': { package: '@tensorflow/tfjs-backend-wasm', backend: 'wasm', words: 'TensorFlow.js on WebAssembly' },
} as const;
export type TfjsEngineName = Extract<EngineName, keyof typeof BACKENDS>;

/**
 * Sets a backend of TensorFlow.js; its package is an optional peer.
 *
 * @returns its name for people
 * @throws {BackendError} in one line where it is not there or does not start
 */
export async function setTfjsBackend(name: TfjsEngineName): Promise<string> {
  const { package: id, backend, words } = BACKENDS[name];
  const tf = await import('@tensorflow/tfjs-core').catch((cause) => {
    throw new BackendError(`${name}: @tensorflow/tfjs-core is not installed`, { cause });
  });
  try {
    // Not a literal: the type checker would want the package.
    await import(id as string);
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND';
    const why = missing ? `${id} is not installed` : `${id} does not start: ${(cause as Error).message.split('\n')[0]}`;
    throw new BackendError(`${name}: ${why}`, { cause });
  }
  if (!(await tf.setBackend(backend))) throw new BackendError(`${name}: ${id} does not start`);
  await tf.ready();
  return words;
}
