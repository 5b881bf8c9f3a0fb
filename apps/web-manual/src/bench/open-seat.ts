import type { Character } from '@tha4/core';
import { createWorkerRuntime } from '@tha4/student';
import { type Engine, gpuName, type Seat } from 'bench/page-kit';
import BenchWorker from './bench-worker.ts?worker';
import { pageLoadMs } from './page-load.ts';

/**
 * Gives an engine a worker of its own, and lets it paint a first frame.
 *
 * @param limitMs a first frame that takes longer ends the worker
 * @throws {Error} that says why it cannot run here; the signal's reason when it is aborted
 */
export async function openSeat(
  engine: Engine,
  character: Character,
  pose: readonly number[],
  environment: string,
  limitMs: number,
  signal: AbortSignal,
): Promise<Seat> {
  signal.throwIfAborted();
  const start = performance.now();
  const worker = new BenchWorker({ name: JSON.stringify(engine) });
  const runtime = createWorkerRuntime(worker);
  const paint = (values: readonly number[]) => runtime.pose(Float32Array.from(values));
  try {
    const { choice } = await withinLimit(runtime.load(character), limitMs, signal);
    const first = await withinLimit(paint(pose), limitMs, signal);
    const firstFrameMs = pageLoadMs() + performance.now() - start;
    return {
      engine: choice,
      gpu: await gpuName(engine),
      environment,
      firstFrameMs,
      firstPaintMs: first.ms,
      scriptKilobytesGzip: null,
      paint: async (next) => ({ ms: (await withinLimit(paint(next), limitMs, signal)).ms, cpuMs: null }),
      close: async () => worker.terminate(),
    };
  } catch (error) {
    worker.terminate();
    throw error;
  }
}

function withinLimit<R>(work: Promise<R>, limitMs: number, signal: AbortSignal): Promise<R> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    const timer = setTimeout(
      () => reject(new Error(`a frame took more than ${Math.round(limitMs / 1000)} s`)),
      limitMs,
    );
    signal.addEventListener('abort', stop);
    work.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    });
  });
}
