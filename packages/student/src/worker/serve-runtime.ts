import { expose } from 'comlink';
import type { StudentRuntime } from '../runtime.ts';

/**
 * Offers a runtime to the page that started this worker. The page's side is `createWorkerRuntime`.
 *
 * @example worker.ts, started as a module worker
 * ```ts
 * import { createTfjsRuntime } from '@tha4/student/tfjs';
 * import { serveRuntime } from '@tha4/student/worker';
 * serveRuntime(createTfjsRuntime());
 * ```
 */
export function serveRuntime(runtime: StudentRuntime): void {
  expose({
    load: runtime.load.bind(runtime),
    pose: runtime.pose.bind(runtime),
    readPixels: runtime.readPixels.bind(runtime),
    info: runtime.info.bind(runtime),
    memory: runtime.memory.bind(runtime),
    dispose: runtime.dispose.bind(runtime),
  });
}
