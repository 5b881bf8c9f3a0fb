import { parentPort, Worker } from 'node:worker_threads';
import type { ThreadHandle } from '@tha4/kernels/threads';
import { serveThread } from '../src/wasm/thread.ts';

// This file is both sides of a thread: who imports it, and what runs in the worker.
if (parentPort !== null && process.env.THA4_KERNEL_THREAD === '1') serveThread(parentPort);

/** A thread of Node that runs the sources, TypeScript loader included. */
export function createNodeThread(): ThreadHandle {
  const boot = `import { register } from ${JSON.stringify(import.meta.resolve('tsx/esm/api'))};
    register(); await import(${JSON.stringify(import.meta.url)});`;
  const url = new URL(`data:text/javascript,${encodeURIComponent(boot)}`);
  return new Worker(url, {
    env: { ...process.env, THA4_KERNEL_THREAD: '1' },
    execArgv: ['--conditions=@tha4/source'],
  });
}
