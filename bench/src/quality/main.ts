// `pnpm --filter bench quality CHARACTER...`: what the cheaper qualities cost, in decibels against the exact picture.
import { basename, resolve } from 'node:path';
import { type Character, POSE_PARAMETERS, premultipliedSrgb, psnr, QUALITY_CONVENTION, STUDENT } from '@tha4/core';
import type { Quality, StudentRuntime } from '@tha4/student';
import { createWasmRuntime, LONGEST_WAY, wayOfFace } from '@tha4/student/wasm';
import { openCharacter } from '../character/open-character.ts';
import { roundPoses } from '../poses.ts';
import { countCosts } from './costs.ts';

const FACE = 39;
/** Bodies in which each face is tried: at rest, and turned far. */
const BODIES = [
  [0, 0, 0, 0, 0, 0],
  [0.8, -0.9, 0.5, 0.7, -0.6, 1],
] as const;
/** Shapes that move at once, since a single one may matter more than many that move a little. */
const SHAPES = ['eye_wink', 'mouth_ooo', 'eyebrow_raised'];

/** A picture as numbers to compare. */
async function paint(runtime: StudentRuntime, pose: Float32Array, quality: Quality): Promise<Float32Array> {
  await runtime.setQuality(quality);
  const frame = await runtime.pose(pose);
  if (frame.quality !== quality) throw new Error(`quality: expected a frame of '${quality}', got '${frame.quality}'`);
  return premultipliedSrgb(await runtime.readPixels());
}

/** A face moved from `from` towards `to` as far as a kept body allows. */
function movedFace(from: Float32Array, to: Float32Array): Float32Array {
  const share = Math.min(1, (LONGEST_WAY * 0.999) / wayOfFace(from, to));
  return from.map((value, i) => (i < FACE ? value + (to[i]! - value) * share : value));
}

async function measure(character: Character): Promise<{ reuse: number[]; half: number[] }> {
  const runtime = createWasmRuntime({ precision: 'float', threads: 1, cull: false });
  await runtime.load(character);
  const reuse: number[] = [];
  const half: number[] = [];
  const nextFace = roundPoses();
  let round = 1;
  for (const body of BODIES) {
    const rest = Float32Array.of(...new Array<number>(FACE).fill(0), ...body);
    const random = Float32Array.of(...nextFace(round++).slice(0, FACE), ...body);
    const ends = SHAPES.map((base) => {
      const end = rest.slice();
      for (const parameter of POSE_PARAMETERS) if (parameter.base === base) end[parameter.index] = 1;
      return end;
    });
    for (const pose of [rest, random])
      half.push(psnr(await paint(runtime, pose, 'half'), await paint(runtime, pose, 'exact')));
    for (const [from, to] of [[random, rest], [rest, random], ...ends.map((end) => [rest, end] as const)] as const) {
      const pose = movedFace(from, to);
      await paint(runtime, from, 'exact');
      reuse.push(psnr(await paint(runtime, pose, 'reuse'), await paint(runtime, pose, 'exact')));
    }
  }
  await runtime.dispose();
  return { reuse, half };
}

const text = (values: readonly number[]): string => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return `${mean.toFixed(1)} / ${Math.min(...values).toFixed(1)}`;
};

const paths = process.argv.slice(2);
if (paths.length === 0) {
  console.error('quality: expected characters, got none; give files or folders');
  process.exitCode = 1;
}
if (paths.length > 0)
  console.log(
    `PSNR in dB, mean / worst frame; ${QUALITY_CONVENTION}\n\n| character | reuse | half |\n| --- | --- | --- |`,
  );
for (const path of paths) {
  const { reuse, half } = await measure(await openCharacter(resolve(process.env.INIT_CWD ?? '.', path)));
  console.log(`| ${basename(path)} | ${text(reuse)} | ${text(half)} |`);
}
const { exact, kept, half, refinedPercent } = countCosts(STUDENT);
console.log(
  `\nGFLOP of a frame, every pixel: exact ${exact.toFixed(1)}, reuse ${kept.toFixed(1)} when kept, ` +
    `half ${half.toFixed(1)} and ${refinedPercent.toFixed(2)} for each percent of the picture that is refined`,
);
