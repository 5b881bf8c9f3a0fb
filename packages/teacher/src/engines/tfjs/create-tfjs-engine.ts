import { BackendError } from '@tha4/core';
import type { Engine, Precision, SkippedEngine } from '../engine.ts';
import { setTfjsBackend, type TfjsEngineName } from './backends.ts';

/** Starts TensorFlow.js. @throws {BackendError} in one line where it does not work here */
export async function createTfjsEngine(
  name: TfjsEngineName,
  shared: { readonly precision: Precision; readonly batch: number; readonly skipped: readonly SkippedEngine[] },
): Promise<Engine> {
  const { precision, batch, skipped } = shared;
  if (precision !== 'fp32') throw new BackendError(`${name}: expected fp32, got ${precision}; it computes in no other`);
  const words = await setTfjsBackend(name);
  const { TfjsEngine } = await import('./tfjs-engine.ts');
  return new TfjsEngine({ name, words, precision, batch, skipped });
}
