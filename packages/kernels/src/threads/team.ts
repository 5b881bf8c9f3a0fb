import { CONTROL, STOP, takeParts, type Work } from './control.ts';

/** A worker that has called `serveTeam`: a page's `Worker` or one of Node's. */
export interface ThreadHandle {
  postMessage(message: unknown): void;
  terminate(): unknown;
  addEventListener?(type: string, listener: (event: Event) => void): void;
  on?(type: string, listener: (data: unknown) => void): unknown;
}

/** Does jobs; how many threads share one is the team's affair. */
export interface Team {
  /**
   * Does `from..end` of a job and returns when all of it is done.
   *
   * @param job any int32 but the lowest
   * @param step how much a thread takes at once
   */
  run(job: number, from: number, end: number, step: number): void;
  dispose(): void;
}

/** A team of one: the calling thread, which does the parts in order. */
export function soloTeam(work: Work): Team {
  return {
    run(job, from, end, step) {
      for (let first = from; first < end; first += step) work(job, first, Math.min(first + step, end));
    },
    dispose: () => undefined,
  };
}

/**
 * A team of the calling thread and some workers. The calling thread must be allowed to wait (Node, or a worker).
 *
 * @param control `CONTROL_BYTES` of shared memory, zeros
 * @param starts one message for each worker, which `serveTeam` there makes its work from
 * @throws {Error} when a worker does not start
 */
export async function startTeam(
  work: Work,
  control: Int32Array,
  create: () => ThreadHandle,
  starts: readonly unknown[],
): Promise<Team> {
  const handles = starts.map(create);
  try {
    await Promise.all(handles.map((handle, i) => startThread(handle, starts[i])));
  } catch (error) {
    for (const handle of handles) handle.terminate();
    throw error;
  }
  return {
    run(job, from, end, step) {
      Atomics.store(control, CONTROL.job, job);
      Atomics.store(control, CONTROL.end, end);
      Atomics.store(control, CONTROL.step, step);
      Atomics.store(control, CONTROL.next, from);
      Atomics.store(control, CONTROL.active, handles.length);
      Atomics.add(control, CONTROL.generation, 1);
      Atomics.notify(control, CONTROL.generation);
      takeParts(work, control);
      // The job is not done before the slowest thread has finished its last part.
      for (
        let active = Atomics.load(control, CONTROL.active);
        active > 0;
        active = Atomics.load(control, CONTROL.active)
      ) {
        Atomics.wait(control, CONTROL.active, active);
      }
    },
    dispose() {
      Atomics.store(control, CONTROL.job, STOP);
      Atomics.add(control, CONTROL.generation, 1);
      Atomics.notify(control, CONTROL.generation);
      for (const handle of handles) handle.terminate();
    },
  };
}

function startThread(handle: ThreadHandle, start: unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    const hear = (data: unknown): void => {
      if (data === 'ready') resolve();
      else reject(new Error(`thread: expected it to start, got ${String(data)}`));
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
