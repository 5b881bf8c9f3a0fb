import type { Character } from '@tha4/core';
import { createWasmStudent, type WasmStudent } from '@tha4/student/wasm';
import { createNodeThread } from './node-threads.ts';
import type { Painter } from './painter.ts';

/** Runs the student on the fused WebAssembly kernels. @throws {BackendError} where they cannot run it */
export async function createWasmPainter(
  character: Character,
  threads: number,
  note: (line: string) => void,
): Promise<Painter> {
  const { student, started } = await startStudent(character, threads, note);
  return {
    engine: `WebAssembly kernels (${started === 1 ? '1 thread' : `${started} threads`})`,
    paint: async (pose) => {
      const frame = student.paint(pose).slice();
      // Painting never yields by itself: let Ctrl-C and progress in.
      await new Promise((resolve) => setImmediate(resolve));
      return frame;
    },
    dispose: async () => student.dispose(),
  };
}

/** A student with as many threads as can be had: where a worker does not start, the calling thread paints alone. */
async function startStudent(
  character: Character,
  threads: number,
  note: (line: string) => void,
): Promise<{ readonly student: WasmStudent; readonly started: number }> {
  if (threads > 1) {
    try {
      return {
        student: await createWasmStudent(character, { threads, createThread: createNodeThread }),
        started: threads,
      };
    } catch (error) {
      note(`Painting with one thread: ${(error as Error).message.split('\n')[0]}`);
    }
  }
  return { student: await createWasmStudent(character), started: 1 };
}
