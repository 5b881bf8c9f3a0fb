import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ThreadHandle } from '@tha4/student/wasm';
import { UsageError } from '../errors.ts';

/** More threads than this share too little work each. */
const MOST_BY_DEFAULT = 8;
const MOST = 64;

/** How many threads paint where nobody says: one for each core. */
export function defaultThreads(): number {
  return Math.min(availableParallelism(), MOST_BY_DEFAULT);
}

/** Reads `--threads`. @throws {UsageError} */
export function checkThreads(threads: number): number {
  if (Number.isInteger(threads) && threads >= 1 && threads <= MOST) return threads;
  throw new UsageError(`--threads: expected a whole number from 1 to ${MOST}, got ${threads}`);
}

/** Starts a worker of Node as a thread of the kernels, from the built program or from its sources. */
export function createNodeThread(): ThreadHandle {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./kernel-thread.js', import.meta.url));
  // A worker does not inherit a TypeScript loader on every Node, so it brings its own.
  const boot = `import { register } from ${JSON.stringify(import.meta.resolve('tsx/esm/api'))};
    register(); await import(${JSON.stringify(new URL('./kernel-thread.ts', import.meta.url).href)});`;
  const url = new URL(`data:text/javascript,${encodeURIComponent(boot)}`);
  return new Worker(url, { execArgv: ['--conditions=@tha4/source'] });
}
