import { Worker } from 'node:worker_threads';
import type { ThreadHandle } from '@tha4/student/wasm';

/** Flags of a Node that runs our sources. */
export const SOURCE_FLAGS: readonly string[] = ['--conditions=@tha4/source'];

/** Starts a worker of Node as a thread of the kernels. */
export function createKernelThread(): ThreadHandle {
  // A worker does not inherit a TypeScript loader on every Node, so it brings its own.
  const boot = `import { register } from ${JSON.stringify(import.meta.resolve('tsx/esm/api'))};
    register(); await import(${JSON.stringify(new URL('./kernel-thread.ts', import.meta.url).href)});`;
  return new Worker(new URL(`data:text/javascript,${encodeURIComponent(boot)}`), { execArgv: [...SOURCE_FLAGS] });
}
