import { BackendError } from '@tha4/core';
import type { Painter } from './paint-chunk.ts';
import type { ThreadStart } from './thread.ts';
import { CONTROL, paintRange, STOP, takePart } from './work-sharing.ts';

/** A worker that has called `serveThread`: a page's `Worker` or one of Node's. */
export interface ThreadHandle {
  postMessage(message: ThreadStart): void;
  terminate(): unknown;
  addEventListener?(type: string, listener: (event: Event) => void): void;
  on?(type: string, listener: (data: unknown) => void): unknown;
}

/** Takes a range of a list's pixels through a step of `work-sharing.ts`; how many threads share it is the team's affair. */
export interface Team {
  /** @param end a multiple of 4 after `from` */
  paint(step: number, names: number, from: number, end: number): void;
  dispose(): void;
}

/** A team of one: the calling thread. */
export function soloTeam(painter: Painter): Team {
  return {
    paint: (step, names, from, end) => paintRange(painter, step, names, from, end),
    dispose: () => undefined,
  };
}

/**
 * A team of the calling thread and some workers. The calling thread must be allowed to wait (Node, or a worker).
 *
 * @param starts one for each worker
 * @throws {BackendError} when a worker does not start
 */
export async function startTeam(
  painter: Painter,
  control: Int32Array,
  create: () => ThreadHandle,
  starts: readonly ThreadStart[],
): Promise<Team> {
  const handles = starts.map(create);
  try {
    await Promise.all(handles.map((handle, i) => startThread(handle, starts[i]!)));
  } catch (error) {
    for (const handle of handles) handle.terminate();
    throw error;
  }
  return {
    paint(step, names, from, end) {
      Atomics.store(control, CONTROL.step, step);
      Atomics.store(control, CONTROL.names, names);
      Atomics.store(control, CONTROL.end, end);
      Atomics.store(control, CONTROL.next, from);
      Atomics.store(control, CONTROL.active, handles.length);
      Atomics.add(control, CONTROL.generation, 1);
      Atomics.notify(control, CONTROL.generation);
      takePart(painter, control);
      // The frame is not whole before the slowest thread has put its last pixels down.
      for (
        let active = Atomics.load(control, CONTROL.active);
        active > 0;
        active = Atomics.load(control, CONTROL.active)
      ) {
        Atomics.wait(control, CONTROL.active, active);
      }
    },
    dispose() {
      Atomics.store(control, CONTROL.step, STOP);
      Atomics.add(control, CONTROL.generation, 1);
      Atomics.notify(control, CONTROL.generation);
      for (const handle of handles) handle.terminate();
    },
  };
}

function startThread(handle: ThreadHandle, start: ThreadStart): Promise<void> {
  return new Promise((resolve, reject) => {
    const hear = (data: unknown): void => {
      if (data === 'ready') resolve();
      else reject(new BackendError(`wasm thread: expected it to start, got ${String(data)}`));
    };
    if (handle.on) {
      handle.on('message', hear);
      handle.on('error', hear);
    } else {
      handle.addEventListener?.('message', (event) => hear((event as MessageEvent).data));
      handle.addEventListener?.('error', (event) => hear((event as ErrorEvent).message || 'no script'));
    }
    handle.postMessage(start);
  });
}
