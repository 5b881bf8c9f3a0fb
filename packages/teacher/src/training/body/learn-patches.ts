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
  /** The patches there may be; an update has those of one of them. */
  readonly sizes: readonly PatchPlan[];
  readonly exact: 0 | 1;
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
  /** Int32 per shard: patches in use. Float64 per shard: its loss. Five float32: factors of the loss. Int32: number of the size. */
  readonly counts: number;
  readonly losses: number;
  readonly factors: number;
  readonly size: number;
  /** `[shards, shardPatches, PATCH_NUMBERS]` int32; `[shards, shardPatches, side, side]` float32. */
  readonly patches: number;
  readonly weights: number;
}

/** How patches of one size are worked on. */
export interface PatchPlan {
  readonly levels: readonly PatchLevel[];
  /** Patches that a shard has at once, and how many of them go through the upper levels together. */
  readonly shardPatches: number;
  readonly together: number;
}

type SizedData = BodyData & PatchPlan;

/** Pointer to slot 0, and bytes from one slot to the next. */
export interface Frames {
  readonly at: number;
  readonly bytes: number;
}

/** Forward, loss and backward of a shard's patches; adds to its gradients and sets its loss. */
export function learnPatches(learner: Learner, body: BodyData, shard: number): void {
  const { memory, scratch } = learner;
  const data: SizedData = { ...body, ...body.sizes[new Int32Array(memory.buffer, body.size, 1)[0]!]! };
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
  for (let first = 0; first < count; first += data.together) {
    const end = Math.min(first + data.together, count);
    loss += learnUpperLevels(learner, data, shard, numbers, first, end);
  }
  levelBackward(learner, shard, 0, cells.exitGradient, count * area);
  for (let patch = 0; patch < count; patch++) enterBackward(learner, shard, 0, patch, patch * area, area);
  poseBackward(learner, shard, count);
  new Float64Array(memory.buffer, data.losses, shard + 1)[shard] = loss;
}

/** Takes some patches through the upper levels and back; adds the gradients of what their cells handed on. */
function learnUpperLevels(
  learner: Learner,
  data: SizedData,
  shard: number,
  numbers: Int32Array,
  first: number,
  end: number,
): number {
  const { kernels, memory, layout, scratch } = learner;
  const top = data.levels.length - 1;
  const count = end - first;
  /** Bytes of a patch's rows. */
  const patchBytes = (level: number): number => data.levels[level]!.side ** 2 * ROW_BYTES;
  /** The lowest level holds all patches, the upper ones only these. */
  const skip = (level: number, patch: number): number => (level === 0 ? patch : patch - first) * patchBytes(level);
  const startsAt = (level: number, patch: number) =>
    [
      patchStart(numbers[patch * PATCH_NUMBERS + 1]!, level),
      patchStart(numbers[patch * PATCH_NUMBERS + 2]!, level),
    ] as const;

  for (let level = 1; level <= top; level++) {
    const { positions, values, slopes, poseTerm } = scratch.levels[level]!;
    const { position } = layout.parameters.levels[level]!.entry;
    const { side, size } = data.levels[level]!;
    for (let patch = first; patch < end; patch++) {
      const own = skip(level, patch);
      kernels.enlargeForward(
        scratch.levels[level - 1]!.exit + skip(level - 1, patch),
        ...startsAt(level - 1, patch),
        data.levels[level - 1]!.side,
        ...startsAt(level, patch),
        side,
        size,
        poseTerm + patch * ROW_BYTES,
        layout.forward + position.offset * 4,
        position.blocks,
        positions + own,
        values[0]! + own,
        slopes[0]! + own,
      );
    }
    levelForward(learner, level, count * side * side);
  }

  let loss = 0;
  for (let patch = first; patch < end; patch++) {
    const out = scratch.levels[top]!.exit + skip(top, patch);
    loss += patchLoss(learner, data, shard, patch, numbers[patch * PATCH_NUMBERS]!, startsAt(top, patch), out);
  }

  for (let level = top; level >= 1; level--) {
    const { slopes, exit, exitGradient } = scratch.levels[level]!;
    const { position } = layout.parameters.levels[level]!.entry;
    const { side, size } = data.levels[level]!;
    const below = scratch.levels[level - 1]!.exitGradient;
    levelBackward(learner, shard, level, level === top ? exit : exitGradient, count * side * side);
    if (level > 1) new Uint8Array(memory.buffer, below, count * patchBytes(level - 1)).fill(0);
    for (let patch = first; patch < end; patch++) {
      enterBackward(learner, shard, level, patch, (patch - first) * side * side, side * side);
      kernels.enlargeAdjoint(
        slopes[0]! + skip(level, patch),
        ...startsAt(level, patch),
        side,
        size,
        below + skip(level - 1, patch),
        ...startsAt(level - 1, patch),
        data.levels[level - 1]!.side,
        position.blocks,
      );
    }
  }
  return loss;
}

function patchLoss(
  { kernels, memory }: Learner,
  { base, insets, inset, posed, flow, warped, weights, factors, levels, exact, shardPatches }: SizedData,
  shard: number,
  patch: number,
  slot: number,
  [startY, startX]: readonly [number, number],
  out: number,
): number {
  const { side, size } = levels.at(-1)!;
  const own = insets.at + slot * insets.bytes;
  kernels.setPicture(base, own, inset.top, inset.left, inset.height, inset.width, size, exact);
  const factor = new Float32Array(memory.buffer, factors, 7) as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return kernels.bodyLoss(
    out,
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
