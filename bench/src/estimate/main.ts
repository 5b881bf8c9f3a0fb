// `pnpm --filter bench roofline`: the tables of operations, bytes and estimates that docs/performance.md shows.
import { STUDENT } from '@tha4/core';
import { shareOf, type TilesOfFrame, tilesOfFrames } from '../character/painted-tiles.ts';
import { syntheticCharacter } from '../character/synthetic-character.ts';
import { fusedWork } from '../count/fused-work.ts';
import { layeredWork } from '../count/layered-work.ts';
import { allPixels, neededPixels, neededPixelsInTiles } from '../count/needed-pixels.ts';
import { gflop, megabytes, type Work } from '../count/work.ts';
import { roundPoses } from '../poses.ts';
import { CPU_EFFICIENCY, CPUS, GPU_EFFICIENCY, GPUS } from './processors.ts';
import { estimateFrame, type Processor } from './roofline.ts';

const sizes = STUDENT.body.levels.map(({ size }) => size);
const squares = sizes.map((size) => size ** 2);
const [tiles] = (await tilesOfFrames(syntheticCharacter(), roundPoses(), 1)) as [TilesOfFrame];
const share = (of: Uint8Array): string => `${Math.round(shareOf(of) * 100)} % of the picture`;
const onGpu = {
  whole: fusedWork(STUDENT, squares),
  culled: fusedWork(STUDENT, neededPixelsInTiles(sizes, tiles.gpu)),
};
const onCpu = {
  whole: fusedWork(STUDENT, allPixels(sizes)),
  culled: fusedWork(STUDENT, neededPixels(sizes, tiles.cpu)),
};
const layered = layeredWork(STUDENT, 'published');
const works: Readonly<Record<string, Work>> = {
  'as published, layer by layer': layered,
  'as core writes it, layer by layer': layeredWork(STUDENT, 'ours'),
  'webgl, every pixel': fusedWork(STUDENT, squares, 4),
  [`webgl, ${share(tiles.gpu)}`]: fusedWork(STUDENT, neededPixelsInTiles(sizes, tiles.gpu), 4),
  'webgpu, every pixel': onGpu.whole,
  [`webgpu, ${share(tiles.gpu)}`]: onGpu.culled,
  'wasm, every pixel': onCpu.whole,
  [`wasm, ${share(tiles.cpu)}`]: onCpu.culled,
};

for (const [name, work] of Object.entries(works)) {
  const sines = (work.sines / 1e6).toFixed(0);
  console.log(`| ${name} | ${gflop(work).toFixed(1)} | ${sines} | ${megabytes(work).toFixed(0)} |`);
}
console.log('');
for (const processor of [...GPUS, ...CPUS]) console.log(estimateLine(processor));

function estimateLine(processor: Processor): string {
  const { name, kind, peakGflops, gigabytesPerSecond, arithmetic } = processor;
  const efficiency = kind === 'GPU' ? GPU_EFFICIENCY : CPU_EFFICIENCY;
  const of = (work: Work): string => {
    const { ms, memoryMs } = estimateFrame(work, processor, efficiency);
    return `${ms.toFixed(1)}${ms === memoryMs ? ' (memory)' : ''}`;
  };
  const ours = kind === 'GPU' ? onGpu : onCpu;
  const cells = [
    name,
    arithmetic,
    peakGflops.toFixed(0),
    gigabytesPerSecond,
    of(layered),
    of(ours.whole),
    of(ours.culled),
  ];
  return `| ${cells.join(' | ')} |`;
}
