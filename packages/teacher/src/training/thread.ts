import { CONTROL_BYTES, serveTeam, type ThreadPort } from '@tha4/kernels/threads';
import { loadTrainingKernels } from '@tha4/kernels/training';
import { type ThreadStart, threadWork } from './network/jobs.ts';

/**
 * Makes the worker that calls this a thread of a trainer, until it is stopped.
 *
 * @example training-thread.ts in Node: `serveTrainingThread(parentPort)`
 */
export function serveTrainingThread(port: ThreadPort): void {
  serveTeam<ThreadStart>(port, async (start) => ({
    control: new Int32Array(start.memory.buffer, start.control, CONTROL_BYTES / 4),
    work: threadWork(start, await loadTrainingKernels(start.memory, start.variant)),
  }));
}
