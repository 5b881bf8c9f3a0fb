import { readCharacter } from '@tha4/core';
import type { StudentRuntime } from '@tha4/student';
import type { Painter, ReadFile } from './painter.ts';

/** One of our runtimes. Its frames are ready to be shown: 8-bit sRGB, or in the GPU's memory. */
export async function runtimePainter(runtime: StudentRuntime, read: ReadFile): Promise<Painter> {
  const { choice } = await runtime.load(readCharacter(await read('character.tha'), 'character.tha'));
  return { engine: choice, paint: async (pose) => (await runtime.pose(pose)).ms };
}
