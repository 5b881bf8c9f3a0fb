import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ThreadHandle } from '@tha4/student/wasm';
import { InterruptedError, UsageError } from '../errors.ts';

/** More threads than this share too little work each. */
const MOST_BY_DEFAULT = 8;
const MOST = 64;

/** How many threads the kernels are given, and where they come from. */
export interface Threads {
  readonly threads: number;
  readonly createThread: (() => ThreadHandle) | null;
}

const ALONE: Threads = { threads: 1, createThread: null };

/** How many threads paint where nobody says: one for each core. */
export function defaultThreads(): number {
  return Math.min(availableParallelism(), MOST_BY_DEFAULT);
}

/** Reads `--threads`. @throws {UsageError} */
export function checkThreads(threads: number): number {
  if (Number.isInteger(threads) && threads >= 1 && threads <= MOST) return threads;
  throw new UsageError(`--threads: expected a whole number from 1 to ${MOST}, got ${threads}`);
}

/** Does something with as many threads as can be had: where a worker does not start, the calling thread works alone. */
export async function withThreads<T>(
  threads: number,
  note: (line: string) => void,
  work: (threads: Threads) => Promise<T>,
): Promise<T> {
  if (threads === 1) return work(ALONE);
  try {
    return await work({ threads, createThread: createNodeThread });
  } catch (error) {
    if (error instanceof InterruptedError) throw error;
    note(`Working with one thread: ${(error as Error).message.split('\n')[0]}`);
    return work(ALONE);
  }
}

/** Starts a worker of Node as a thread of the painting kernels, from the built program or from its sources. */
function createNodeThread(): ThreadHandle {
  return startWorker(new URL('./kernel-thread.ts', import.meta.url));
}

/** The same as a thread of a trainer. */
export function createTrainingThread(): ThreadHandle {
  return startWorker(new URL('./training-thread.ts', import.meta.url));
}

/** @param source address of the worker's script as it would be among the sources */
function startWorker(source: URL): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL(source.href.replace(/\.ts$/, '.js')));
  // A worker does not inherit a TypeScript loader on every Node, so it brings its own.
  const boot = `import { register } from ${JSON.stringify(import.meta.resolve('tsx/esm/api'))};
    register(); await import(${JSON.stringify(source.href)});`;
  const url = new URL(`data:text/javascript,${encodeURIComponent(boot)}`);
  return new Worker(url, { execArgv: ['--conditions=@tha4/source'] });
}
