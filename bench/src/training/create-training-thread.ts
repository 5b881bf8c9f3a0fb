import { Worker } from 'node:worker_threads';
import type { ThreadHandle } from '@tha4/student/wasm';
import { SOURCE_FLAGS } from '../node/create-thread.ts';

/** Starts a worker of Node as a thread of a trainer. */
export function createTrainingThread(): ThreadHandle {
  // A worker does not inherit a TypeScript loader on every Node, so it brings its own.
  const boot = `import { register } from ${JSON.stringify(import.meta.resolve('tsx/esm/api'))};
    register(); await import(${JSON.stringify(new URL('./training-thread.ts', import.meta.url).href)});`;
  return new Worker(new URL(`data:text/javascript,${encodeURIComponent(boot)}`), { execArgv: [...SOURCE_FLAGS] });
}
