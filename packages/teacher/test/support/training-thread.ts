import { parentPort, Worker } from 'node:worker_threads';
import type { ThreadHandle } from '@tha4/kernels/threads';
import { serveTrainingThread } from '../../src/training/thread.ts';

// This file is both sides of a thread: who imports it, and what runs in the worker.
if (parentPort !== null && process.env.THA4_TRAINING_THREAD === '1') serveTrainingThread(parentPort);

/** A training thread of Node that runs the sources, TypeScript loader included. */
export function createTrainingThread(): ThreadHandle {
  const boot = `import { register } from ${JSON.stringify(import.meta.resolve('tsx/esm/api'))};
    register(); await import(${JSON.stringify(import.meta.url)});`;
  return new Worker(new URL(`data:text/javascript,${encodeURIComponent(boot)}`), {
    env: { ...process.env, THA4_TRAINING_THREAD: '1' },
    execArgv: ['--conditions=@tha4/source'],
  });
}
