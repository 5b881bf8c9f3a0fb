// `pnpm soak CHARACTER [--frames N]`: random poses of a real character through every runtime of Node, compared.
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { type RgbaImage, randomPose } from '@tha4/core';
import type { StudentRuntime } from '@tha4/student';
import { createWasmRuntime, type WasmRuntimeOptions } from '@tha4/student/wasm';
import { seededRandom } from '@tha4/test-utils';
import { Command, InvalidArgumentError } from 'commander';
import { openCharacter } from '../character/open-character.ts';
import { surveyed } from '../character/survey.ts';
import { createKernelThread } from '../node/create-thread.ts';

const REPORT_EVERY = 50;

const note = (line: string): void => console.error(line);

interface Contestant {
  readonly name: string;
  readonly runtime: StudentRuntime;
  worst: number;
  differing: number;
}

async function soak(path: string, frames: number): Promise<void> {
  const character = await surveyed(await openCharacter(path), note);
  const wasm = async (name: string, options: Partial<WasmRuntimeOptions>): Promise<Contestant> => {
    const runtime = createWasmRuntime({ variant: 'plain', precision: 'float', cull: false, threads: 1, ...options });
    await runtime.load(character);
    return { name, runtime, worst: 0, differing: 0 };
  };
  const threads = Math.max(2, availableParallelism());
  const right = await wasm('plain', {});
  const others = [
    await wasm(`plain, ${threads} threads`, { threads, createThread: createKernelThread }),
    await wasm('culled', { cull: true }),
    await wasm('16-bit integers, culled', { precision: 'int16', cull: true }),
    await wasm(`fastest, ${threads} threads, culled`, {
      variant: 'best',
      threads,
      createThread: createKernelThread,
      cull: true,
    }),
  ];
  const random = seededRandom(7);
  let startBytes = 0;
  for (let frame = 1; frame <= frames; frame++) {
    const pose = randomPose(() => random() / 2 ** 32);
    await right.runtime.pose(pose);
    const expected = await right.runtime.readPixels();
    for (const other of others) {
      await other.runtime.pose(pose);
      const off = difference(expected, await other.runtime.readPixels());
      other.worst = Math.max(other.worst, off.worst);
      other.differing += off.differing;
    }
    if (frame === REPORT_EVERY) startBytes = process.memoryUsage().rss;
    if (frame % REPORT_EVERY === 0) note(`${frame} of ${frames} frames, ${megabytes(process.memoryUsage().rss)} MB`);
  }
  const pixels = frames * character.image.width * character.image.height;
  for (const { name, worst, differing } of others) {
    const share = ((differing / pixels) * 1e6).toFixed(2);
    console.log(`${name}: off by ${worst} of 255 at most, ${share} of a million pixels differ`);
  }
  const grown = startBytes === 0 ? 'too few frames to tell' : `${megabytes(process.memoryUsage().rss - startBytes)} MB`;
  console.log(`memory since frame ${REPORT_EVERY}: ${grown}`);
  await Promise.all([right, ...others].map(({ runtime }) => runtime.dispose()));
}

/** Colours under an alpha of less than 16 are left out: a step of alpha moves them far. */
function difference(a: RgbaImage, b: RgbaImage): { readonly worst: number; readonly differing: number } {
  let worst = 0;
  let differing = 0;
  for (let pixel = 0; pixel < a.data.length; pixel += 4) {
    let off = Math.abs(a.data[pixel + 3]! - b.data[pixel + 3]!);
    if (a.data[pixel + 3]! >= 16) {
      for (let c = pixel; c < pixel + 3; c++) off = Math.max(off, Math.abs(a.data[c]! - b.data[c]!));
    }
    worst = Math.max(worst, off);
    if (off > 0) differing++;
  }
  return { worst, differing };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}

const command = new Command('soak')
  .description('Paints random poses of a character on every runtime of Node, and says how far they are apart.')
  .argument('<CHARACTER>', 'a character in any form')
  .option('--frames <N>', 'how many poses', count, 2000)
  .parse();
try {
  await soak(resolve(command.args[0]!), command.opts<{ frames: number }>().frames);
} catch (error) {
  note(`soak: ${(error as Error).message}`);
  process.exitCode = 1;
}

function count(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('expected a whole number from 1 to 999999.');
}
