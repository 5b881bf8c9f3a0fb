import type { Character } from '@tha4/core';
import { createWasmStudent } from '@tha4/student/wasm';
import { withThreads } from './node-threads.ts';
import type { Painter } from './painter.ts';

/** Runs the student on the fused WebAssembly kernels. @throws {BackendError} where they cannot run it */
export async function createWasmPainter(
  character: Character,
  wanted: number,
  note: (line: string) => void,
): Promise<Painter> {
  const { student, threads } = await withThreads(wanted, note, async (options) => ({
    student: await createWasmStudent(character, options),
    threads: options.threads,
  }));
  return {
    engine: `WebAssembly kernels (${threads === 1 ? '1 thread' : `${threads} threads`})`,
    paint: async (pose) => {
      const frame = student.paint(pose).slice();
      // Painting never yields by itself: let Ctrl-C and progress in.
      await new Promise((resolve) => setImmediate(resolve));
      return frame;
    },
    dispose: async () => student.dispose(),
  };
}
