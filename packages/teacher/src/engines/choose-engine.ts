import { availableParallelism } from 'node:os';
import { BackendError } from '@tha4/core';
import { batchFor } from './batch.ts';
import { ENGINE_NAMES, type Engine, type EngineName, type Precision, type SkippedEngine } from './engine.ts';
import { createOrtEngine } from './onnxruntime/create-ort-engine.ts';
import { createTfjsEngine } from './tfjs/create-tfjs-engine.ts';

/** What is asked of an engine. */
export interface EngineOptions {
  /** `auto`: the best one that works here. */
  readonly engine: EngineName | 'auto';
  /** `fp16` halves memory and is faster on many GPUs, for some decibels; default `fp32`. */
  readonly precision: Precision;
  /** Poses at once; `null`: what fits. */
  readonly batch: number | null;
  /** Threads on a CPU. */
  readonly threads: number;
}

export const ENGINE_DEFAULTS: EngineOptions = {
  engine: 'auto',
  precision: 'fp32',
  batch: null,
  threads: Math.min(availableParallelism(), 16),
};

/**
 * Starts the best engine that works here. What was tried before it stands in its choice, one line each.
 *
 * @throws {BackendError} where the one that was asked for does not work, or none does
 */
export async function chooseEngine(options: Partial<EngineOptions> = {}): Promise<Engine> {
  const wanted = { ...ENGINE_DEFAULTS, ...options };
  if (wanted.engine !== 'auto') return start(wanted.engine, wanted, []);
  const skipped: SkippedEngine[] = [];
  for (const name of ENGINE_NAMES) {
    try {
      return await start(name, wanted, skipped);
    } catch (error) {
      if (!(error instanceof BackendError)) throw error;
      skipped.push({ name, why: error.message.replace(new RegExp(`^${name}: `), '') });
    }
  }
  const why = skipped.map((each) => `${each.name}: ${each.why}`).join('\n');
  throw new BackendError(`engine: expected one that works here, got none\n${why}`);
}

async function start(name: EngineName, wanted: EngineOptions, skipped: readonly SkippedEngine[]): Promise<Engine> {
  const batch = wanted.batch ?? (await batchFor(name));
  const shared = { precision: wanted.precision, batch, threads: wanted.threads, skipped };
  if (name === 'tfjs-node-gpu' || name === 'tfjs-wasm') return createTfjsEngine(name, shared);
  return createOrtEngine(name, { ...shared, isAsked: wanted.engine !== 'auto' });
}
