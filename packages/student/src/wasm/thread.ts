import { type KernelVariant, loadKernels } from '@tha4/kernels';
import { CONTROL_BYTES, serveTeam, type ThreadPort } from '@tha4/kernels/threads';
import type { StudentLayout } from './student-layout.ts';
import { paintRange } from './work-sharing.ts';

export type { ThreadPort } from '@tha4/kernels/threads';

/** What a thread is told at its start. */
export interface ThreadStart {
  readonly memory: WebAssembly.Memory;
  readonly variant: KernelVariant;
  readonly layout: StudentLayout;
  /** Pointers into `memory`. */
  readonly scratch: number;
  readonly control: number;
}

/**
 * Makes the worker that calls this a thread of a wasm runtime: it paints its share of every frame until it is stopped.
 *
 * @example kernel-thread.ts in a page: `serveThread(self)`; in Node: `serveThread(parentPort)`
 */
export function serveThread(port: ThreadPort): void {
  serveTeam<ThreadStart>(port, async ({ memory, variant, layout, scratch, control }) => {
    const painter = { kernels: await loadKernels(memory, variant), layout, scratch };
    return {
      control: new Int32Array(memory.buffer, control, CONTROL_BYTES / 4),
      work: (job, from, end) => paintRange(painter, job, from, end),
    };
  });
}
