import { type KernelVariant, loadKernels } from '@tha4/kernels';
import type { StudentLayout } from './student-layout.ts';
import { CONTROL, STOP, takePart } from './work-sharing.ts';

/** What a thread is told at its start. */
export interface ThreadStart {
  readonly memory: WebAssembly.Memory;
  readonly variant: KernelVariant;
  readonly layout: StudentLayout;
  /** Pointers into `memory`. */
  readonly scratch: number;
  readonly control: number;
}

/** What a thread hears and says: a worker's own scope in a page, `parentPort` in Node. */
export interface ThreadPort {
  addEventListener?(type: string, listener: (event: Event) => void): void;
  on?(type: string, listener: (data: unknown) => void): unknown;
  postMessage(message: unknown): void;
}

/**
 * Makes the worker that calls this a thread of a wasm runtime: it paints its share of every frame until it is stopped.
 *
 * @example kernel-thread.ts in a page: `serveThread(self)`; in Node: `serveThread(parentPort)`
 */
export function serveThread(port: ThreadPort): void {
  const start = (message: unknown): void => {
    work(message as ThreadStart, () => port.postMessage('ready')).catch((error: unknown) => {
      port.postMessage(error instanceof Error ? error.message : String(error));
    });
  };
  if (port.on) port.on('message', start);
  else port.addEventListener?.('message', (event) => start((event as MessageEvent).data));
}

async function work(
  { memory, variant, layout, scratch, control: pointer }: ThreadStart,
  ready: () => void,
): Promise<void> {
  const painter = { kernels: await loadKernels(memory, variant), layout, scratch };
  const control = new Int32Array(memory.buffer, pointer, 16);
  let generation = Atomics.load(control, CONTROL.generation);
  ready();
  for (;;) {
    Atomics.wait(control, CONTROL.generation, generation);
    generation = Atomics.load(control, CONTROL.generation);
    if (Atomics.load(control, CONTROL.step) === STOP) return;
    takePart(painter, control);
    if (Atomics.sub(control, CONTROL.active, 1) === 1) Atomics.notify(control, CONTROL.active);
  }
}
