import { ROW_BYTES } from '@tha4/kernels';
import { setPoses } from '../face/learn-tiles.ts';
import {
  enterBackward,
  enterForward,
  foldPoses,
  type Learner,
  levelBackward,
  levelForward,
  poseBackward,
} from '../network/passes.ts';
import { type PatchLevel, patchStart } from './patch.ts';

/** Int32 numbers of a patch in memory: slot, first row and column of cells. */
export const PATCH_NUMBERS = 4;

/** What the body's job reads: pointers, and what does not change. Plain data. */
export interface BodyData {
  readonly network: 'body';
  readonly levels: readonly PatchLevel[];
  readonly exact: 0 | 1;
  /** Patches that a shard has at once. */
  readonly shardPatches: number;
  /** Poses `[poseNumbers]`, by slot. */
  readonly poses: number;
  readonly poseNumbers: number;
  /** `[size, size, 4]`, the picture that all frames share; a frame's own part of it lies over it. */
  readonly base: number;
  readonly inset: { readonly top: number; readonly left: number; readonly height: number; readonly width: number };
  /** Posed frames, flows, own parts and (where kept, else 0) warped pictures, by slot. */
  readonly posed: Frames;
  readonly flow: Frames;
  readonly insets: Frames;
  readonly warped: Frames | null;
  /** Int32 per shard: patches in use. Float64 per shard: its loss. Four float32: factors of the loss. */
  readonly counts: number;
  readonly losses: number;
  readonly factors: number;
  /** `[shards, shardPatches, PATCH_NUMBERS]` int32; `[shards, shardPatches, side, side]` float32. */
  readonly patches: number;
  readonly weights: number;
}

/** Pointer to slot 0, and bytes from one slot to the next. */
export interface Frames {
  readonly at: number;
  readonly bytes: number;
}

/** Forward, loss and backward of a shard's patches; adds to its gradients and sets its loss. */
export function learnPatches(learner: Learner, data: BodyData, shard: number): void {
  const { memory, scratch } = learner;
  const count = new Int32Array(memory.buffer, data.counts, shard + 1)[shard]!;
  const numbers = new Int32Array(
    memory.buffer,
    data.patches + shard * data.shardPatches * PATCH_NUMBERS * 4,
    data.shardPatches * PATCH_NUMBERS,
  );
  const slots = Int32Array.from({ length: count }, (_, i) => numbers[i * PATCH_NUMBERS]!);
  setPoses(learner, data, slots);
  foldPoses(learner, count);

  // The lowest level of all patches at once: it has the largest matrices, and few rows in each patch.
  const area = data.levels[0]!.side ** 2;
  const cells = scratch.levels[0]!;
  for (let patch = 0; patch < count; patch++) {
    setCells(learner, data.levels[0]!, numbers, patch);
    enterForward(learner, 0, patch, patch * area, area);
  }
  levelForward(learner, 0, count * area);
  let loss = 0;
  new Uint8Array(memory.buffer, cells.exitGradient, count * area * ROW_BYTES).fill(0);
  for (let patch = 0; patch < count; patch++) {
    const skip = patch * area * ROW_BYTES;
    loss += learnPatch(learner, data, shard, patch, numbers, cells.exit + skip, cells.exitGradient + skip);
  }
  levelBackward(learner, shard, 0, cells.exitGradient, count * area);
  for (let patch = 0; patch < count; patch++) enterBackward(learner, shard, 0, patch, patch * area, area);
  poseBackward(learner, shard, count);
  new Float64Array(memory.buffer, data.losses, shard + 1)[shard] = loss;
}

/** Takes a patch through the upper levels and back; adds the gradient of what its cells handed on. */
function learnPatch(
  learner: Learner,
  data: BodyData,
  shard: number,
  patch: number,
  numbers: Int32Array,
  cells: number,
  cellGradient: number,
): number {
  const { kernels, memory, layout, scratch } = learner;
  const top = data.levels.length - 1;
  const [slot, cellY, cellX] = numbers.subarray(patch * PATCH_NUMBERS) as unknown as [number, number, number];
  const startsAt = (level: number) => [patchStart(cellY, level), patchStart(cellX, level)] as const;

  let below = cells;
  for (let level = 1; level <= top; level++) {
    const { positions, values, slopes, poseTerm, exit } = scratch.levels[level]!;
    const { position } = layout.parameters.levels[level]!.entry;
    const { side, size } = data.levels[level]!;
    kernels.enlargeForward(
      below,
      ...startsAt(level - 1),
      data.levels[level - 1]!.side,
      ...startsAt(level),
      side,
      size,
      poseTerm + patch * ROW_BYTES,
      layout.forward + position.offset * 4,
      position.blocks,
      positions,
      values[0]!,
      slopes[0]!,
    );
    levelForward(learner, level, side * side);
    below = exit;
  }

  const loss = patchLoss(learner, data, shard, patch, slot, startsAt(top));

  let from = scratch.levels[top]!.exit;
  for (let level = top; level >= 1; level--) {
    const { slopes } = scratch.levels[level]!;
    const { position } = layout.parameters.levels[level]!.entry;
    const { side, size } = data.levels[level]!;
    const lower = data.levels[level - 1]!;
    levelBackward(learner, shard, level, from, side * side);
    enterBackward(learner, shard, level, patch, 0, side * side);
    const target = level === 1 ? cellGradient : scratch.levels[level - 1]!.exitGradient;
    if (level > 1) new Uint8Array(memory.buffer, target, lower.side ** 2 * ROW_BYTES).fill(0);
    kernels.enlargeAdjoint(
      slopes[0]!,
      ...startsAt(level),
      side,
      size,
      target,
      ...startsAt(level - 1),
      lower.side,
      position.blocks,
    );
    from = target;
  }
  return loss;
}

function patchLoss(
  { kernels, memory, scratch }: Learner,
  { base, insets, inset, posed, flow, warped, weights, factors, levels, exact, shardPatches }: BodyData,
  shard: number,
  patch: number,
  slot: number,
  [startY, startX]: readonly [number, number],
): number {
  const { side, size } = levels.at(-1)!;
  const own = insets.at + slot * insets.bytes;
  kernels.setPicture(base, own, inset.top, inset.left, inset.height, inset.width, size, exact);
  const factor = new Float32Array(memory.buffer, factors, 4) as unknown as [number, number, number, number];
  return kernels.bodyLoss(
    scratch.levels.at(-1)!.exit,
    startY,
    startX,
    side,
    weights + (shard * shardPatches + patch) * side * side * 4,
    posed.at + slot * posed.bytes,
    flow.at + slot * flow.bytes,
    warped === null ? 0 : warped.at + slot * warped.bytes,
    ...factor,
  );
}

/** Writes (x, y, 1, 0) of a patch's cells; those outside count as their neighbours inside. */
function setCells({ memory, scratch }: Learner, { side, size }: PatchLevel, numbers: Int32Array, patch: number): void {
  const cellY = numbers[patch * PATCH_NUMBERS + 1]!;
  const cellX = numbers[patch * PATCH_NUMBERS + 2]!;
  const row = ROW_BYTES / 4;
  const target = new Float32Array(
    memory.buffer,
    scratch.levels[0]!.positions + patch * side * side * ROW_BYTES,
    side * side * row,
  );
  const centre = (cell: number): number => (2 * Math.min(Math.max(cell, 0), size - 1) + 1) / size - 1;
  for (let i = 0; i < side * side; i++) {
    target[i * row] = centre(cellX + (i % side));
    target[i * row + 1] = centre(cellY + Math.floor(i / side));
    target[i * row + 2] = 1;
    target[i * row + 3] = 0;
  }
}
