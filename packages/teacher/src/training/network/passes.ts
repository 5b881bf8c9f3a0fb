import { ROW_BYTES } from '@tha4/kernels';
import type { TrainingKernels } from '@tha4/kernels/training';
import type { NetworkLayout, Scratch } from './layout.ts';
import type { Dense } from './parameters.ts';

/** What one thread works with. */
export interface Learner {
  readonly kernels: TrainingKernels;
  readonly memory: WebAssembly.Memory;
  readonly layout: NetworkLayout;
  readonly scratch: Scratch;
}

/** Rows that go through a level's layers together, so that they stay in the second cache. */
const CHUNK = 64;

/** Calls `work` for rows `0..rows` in chunks, giving the bytes before the chunk. */
function inChunks(rows: number, work: (skip: number, count: number) => void): void {
  for (let first = 0; first < rows; first += CHUNK) work(first * ROW_BYTES, Math.min(CHUNK, rows - first));
}

/** Pointer to a shard's gradient for number `offset` of the parameters. */
export function gradientAt({ layout }: Learner, shard: number, offset: number): number {
  return layout.gradients + shard * layout.gradientBytes + offset * 4;
}

/** What the poses add to each level's first layer, and zeros where its gradient will be summed. @param poses rows that are set */
export function foldPoses({ kernels, layout, scratch, memory }: Learner, poses: number): void {
  const rows = Math.ceil(poses / 4) * 4;
  layout.parameters.levels.forEach(({ entry: { pose } }, level) => {
    const { poseTerm, poseGradient } = scratch.levels[level]!;
    const weights = layout.forward + pose.offset * 4;
    kernels.layer(scratch.poses, poseTerm, weights, layout.zeros, pose.rows, pose.blocks, rows, 0);
    new Uint8Array(memory.buffer, poseGradient, rows * ROW_BYTES).fill(0);
  });
}

/** The poses' weights' gradient, from the gradients that `enterBackward` summed. */
export function poseBackward(learner: Learner, shard: number, poses: number): void {
  const { kernels, layout, scratch } = learner;
  layout.parameters.levels.forEach(({ entry: { pose } }, level) => {
    const gradient = gradientAt(learner, shard, pose.offset);
    const rows = Math.ceil(poses / 4) * 4;
    const { poseGradient } = scratch.levels[level]!;
    kernels.weightGradient(scratch.poses, poseGradient, gradient, pose.rows, pose.blocks, rows);
  });
}

/** The first layer of a level that has none below, for rows whose positions are set and that share pose `group`. */
export function enterForward(learner: Learner, level: number, group: number, first: number, rows: number): void {
  const { kernels, layout, scratch } = learner;
  const { position } = layout.parameters.levels[level]!.entry;
  const { positions, values, slopes, poseTerm } = scratch.levels[level]!;
  const skip = first * ROW_BYTES;
  kernels.layerSine(
    positions + skip,
    values[0]! + skip,
    slopes[0]! + skip,
    layout.forward + position.offset * 4,
    poseTerm + group * ROW_BYTES,
    position.rows,
    position.blocks,
    rows,
  );
}

/** Gradients of a level's first layer but for its features, for rows that share a pose. */
export function enterBackward(
  learner: Learner,
  shard: number,
  level: number,
  group: number,
  first: number,
  rows: number,
): void {
  const { kernels, layout, scratch } = learner;
  const { position } = layout.parameters.levels[level]!.entry;
  const { positions, slopes, poseGradient } = scratch.levels[level]!;
  const skip = first * ROW_BYTES;
  const gradient = gradientAt(learner, shard, position.offset);
  kernels.weightGradient(positions + skip, slopes[0]! + skip, gradient, position.rows, position.blocks, rows);
  kernels.biasGradient(slopes[0]! + skip, poseGradient + group * ROW_BYTES, position.blocks, rows);
}

/** The other sine layers of a level, and what it hands on. */
export function levelForward({ kernels, layout, scratch }: Learner, level: number, rows: number): void {
  const { sines, exit } = layout.parameters.levels[level]!;
  const { values, slopes, exit: out } = scratch.levels[level]!;
  const last = layout.parameters.levels.length - 1 === level;
  const at = (offset: number): number => layout.forward + offset * 4;
  inChunks(rows, (skip, count) => {
    sines.forEach(({ offset, bias, rows: inputs, blocks }, i) => {
      const [x, h, c] = [values[i]! + skip, values[i + 1]! + skip, slopes[i + 1]! + skip];
      kernels.layerSine(x, h, c, at(offset), at(bias), inputs, blocks, count);
    });
    // The features' part of a first layer has no bias: the position's part holds it.
    const bias = last ? at(exit.bias) : layout.zeros;
    kernels.layer(values.at(-1)! + skip, out + skip, at(exit.offset), bias, exit.rows, exit.blocks, count, 0);
  });
}

/** The way back from the gradient of what a level handed on (`from`, rows) to that of its first layer. */
export function levelBackward(learner: Learner, shard: number, level: number, from: number, rows: number): void {
  const { layout, scratch } = learner;
  const { sines, exit } = layout.parameters.levels[level]!;
  const { values, slopes } = scratch.levels[level]!;
  const last = layout.parameters.levels.length - 1 === level;
  inChunks(rows, (skip, count) => {
    let dz = from + skip;
    for (let i = sines.length; i >= 0; i--) {
      const layer = i === sines.length ? exit : sines[i]!;
      const hasBias = i < sines.length || last;
      denseBackward(learner, shard, layer, hasBias, values[i]! + skip, dz, slopes[i]! + skip, count);
      dz = slopes[i]! + skip;
    }
  });
}

function denseBackward(
  learner: Learner,
  shard: number,
  { offset, bias, transposed, rows: inputs, blocks, outputs }: Dense,
  hasBias: boolean,
  x: number,
  dz: number,
  slope: number,
  rows: number,
): void {
  const { kernels, layout } = learner;
  kernels.weightGradient(x, dz, gradientAt(learner, shard, offset), inputs, blocks, rows);
  if (hasBias) kernels.biasGradient(dz, gradientAt(learner, shard, bias), blocks, rows);
  kernels.backLayer(dz, slope, layout.transposed + transposed * 4, outputs, Math.ceil(inputs / 8), rows);
}
