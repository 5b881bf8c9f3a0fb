import { expose, transfer } from 'comlink';
import { FrameSurface } from '../frame-surface.ts';
import type { StudentRuntime } from '../runtime.ts';

/** What a served runtime answers beside the runtime's own calls. */
export interface ServedRuntime extends Omit<StudentRuntime, 'present'> {
  /** The last frame as the page can draw it at once, or `null` where workers have no canvas. */
  frameBitmap(): Promise<ImageBitmap | null>;
}

/**
 * Offers a runtime to the page that started this worker. The page's side is `createWorkerRuntime`.
 *
 * @example worker.ts, started as a module worker
 * ```ts
 * import { createStudentRuntime } from '@tha4/student';
 * import { serveRuntime } from '@tha4/student/worker';
 * serveRuntime(createStudentRuntime());
 * ```
 */
export function serveRuntime(runtime: StudentRuntime): void {
  const surface = new FrameSurface();
  const served: ServedRuntime = {
    load: (character) => {
      surface.reset(); // another runtime may draw from now on
      return runtime.load(character);
    },
    pose: (values) => runtime.pose(values),
    setQuality: (quality) => runtime.setQuality(quality),
    readPixels: () => runtime.readPixels(),
    info: () => runtime.info(),
    memory: () => runtime.memory(),
    dispose: () => runtime.dispose(),
    frameBitmap: async () => {
      const bitmap = await surface.take(runtime);
      return bitmap === null ? null : transfer(bitmap, [bitmap]);
    },
  };
  expose(served);
}
