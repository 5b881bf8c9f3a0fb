import { ROW_BYTES } from '@tha4/kernels';
import {
  enterBackward,
  enterForward,
  foldPoses,
  type Learner,
  levelBackward,
  levelForward,
  poseBackward,
} from '../network/passes.ts';

/** Pixels of a tile: points of one frame that go through the network together. */
export const TILE = 64;
/** Tiles that a shard has at once. */
export const SHARD_TILES = 16;

/** What the face's job reads: pointers, and what does not change. Plain data. */
export interface FaceData {
  readonly network: 'face';
  readonly size: number;
  readonly exact: 0 | 1;
  /** Frames `[size, size, 4]`, `frameBytes` apart, and poses `[poseRows]`, by slot. */
  readonly frames: number;
  readonly frameBytes: number;
  readonly poses: number;
  readonly poseNumbers: number;
  /** Int32 per shard: tiles in use. Float64 per shard: its loss. */
  readonly counts: number;
  readonly losses: number;
  /** `[shards, SHARD_TILES]` int32 slots; `[shards, SHARD_TILES, TILE]` u32 pixels and float32 weights. */
  readonly slots: number;
  readonly pixels: number;
  readonly weights: number;
}

/** Forward, loss and backward of a shard's tiles; adds to its gradients and sets its loss. */
export function learnTiles(learner: Learner, data: FaceData, shard: number): void {
  const { kernels, memory, scratch } = learner;
  const { positions, exit } = scratch.levels[0]!;
  const count = new Int32Array(memory.buffer, data.counts, shard + 1)[shard]!;
  const slots = new Int32Array(memory.buffer, data.slots + shard * SHARD_TILES * 4, SHARD_TILES);
  setPoses(learner, data, slots.subarray(0, count));
  foldPoses(learner, count);
  let loss = 0;
  for (let tile = 0; tile < count; tile++) {
    const skip = (shard * SHARD_TILES + tile) * TILE * 4;
    const target = data.frames + slots[tile]! * data.frameBytes;
    kernels.positionRows(data.pixels + skip, TILE, data.size, positions);
    enterForward(learner, 0, tile, 0, TILE);
    levelForward(learner, 0, TILE);
    loss += kernels.faceLoss(exit, data.pixels + skip, data.weights + skip, TILE, target, data.size, data.exact);
    levelBackward(learner, shard, 0, exit, TILE);
    enterBackward(learner, shard, 0, tile, 0, TILE);
  }
  poseBackward(learner, shard, count);
  new Float64Array(memory.buffer, data.losses, shard + 1)[shard] = loss;
}

/** Copies the poses of some slots into rows, and zeros after them up to a multiple of four. */
export function setPoses(
  { memory, scratch }: Learner,
  { poses, poseNumbers }: Pick<FaceData, 'poses' | 'poseNumbers'>,
  slots: Int32Array,
): void {
  for (let row = 0; row < Math.ceil(slots.length / 4) * 4; row++) {
    const target = new Float32Array(memory.buffer, scratch.poses + row * ROW_BYTES, poseNumbers);
    const slot = slots[row];
    if (slot === undefined) target.fill(0);
    else target.set(new Float32Array(memory.buffer, poses + slot * poseNumbers * 4, poseNumbers));
  }
}
