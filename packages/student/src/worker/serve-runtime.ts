import { expose, transfer } from 'comlink';
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
  let canvas: { readonly runtime: string; readonly surface: OffscreenCanvas } | null = null;
  const served: ServedRuntime = {
    load: (character) => {
      canvas = null; // another runtime may draw from now on, and a canvas keeps its first context
      return runtime.load(character);
    },
    pose: (values) => runtime.pose(values),
    setQuality: (quality) => runtime.setQuality(quality),
    readPixels: () => runtime.readPixels(),
    info: () => runtime.info(),
    memory: () => runtime.memory(),
    dispose: () => runtime.dispose(),
    frameBitmap: async () => {
      if (typeof OffscreenCanvas === 'undefined') return null;
      const { name } = await runtime.info();
      if (canvas?.runtime !== name) canvas = { runtime: name, surface: new OffscreenCanvas(1, 1) };
      await runtime.present(canvas.surface);
      const bitmap = canvas.surface.transferToImageBitmap();
      return transfer(bitmap, [bitmap]);
    },
  };
  expose(served);
}
