import { CheckpointError, POSE_SIZE, type Random, randomPose, readPt, toFloat32, validatePose } from '@tha4/core';
import { randomOf } from './random.ts';

/** The poses of a run, by number: the same number is the same pose, whenever it is asked for. */
export type PoseStream = (index: number) => Float32Array;

/** Poses by the published rules; see `randomPose`. */
export function sampledPoses(seed: number): PoseStream {
  return (index) => randomPose(randomOf(seed, 'training poses', index));
}

/**
 * Poses of a list, each epoch in an order of its own: every pose once before any comes again.
 *
 * @param poses `[count, 45]`
 */
export function listedPoses(poses: Float32Array, seed: number): PoseStream {
  const count = poses.length / POSE_SIZE;
  let epoch = -1;
  let order = new Uint32Array(0);
  return (index) => {
    const wanted = Math.floor(index / count);
    if (wanted !== epoch) {
      order = shuffled(count, randomOf(seed, 'order of poses', wanted));
      epoch = wanted;
    }
    const at = order[index % count]! * POSE_SIZE;
    return poses.slice(at, at + POSE_SIZE);
  };
}

/**
 * Reads a list of poses that PyTorch saved: the original's `pose_dataset.pt`, or any file with one `[count, 45]` tensor.
 *
 * @returns `[count, 45]`
 * @throws {CheckpointError | PoseError} when there is no such tensor, or a number is not finite
 */
export function readPoseList(bytes: Uint8Array, where: string): Float32Array {
  const tensors = [...readPt(bytes, where)];
  const found = tensors.find(([, { shape }]) => shape.length === 2 && shape[1] === POSE_SIZE && shape[0]! > 0);
  if (found === undefined) {
    const shapes = tensors.map(([, { shape }]) => `[${shape.join(', ')}]`).join(', ') || 'none';
    throw new CheckpointError(`${where}: expected a tensor of poses [count, ${POSE_SIZE}], got ${shapes}`);
  }
  const poses = toFloat32(found[1], where);
  for (let at = 0; at < poses.length; at += POSE_SIZE) {
    validatePose(poses.subarray(at, at + POSE_SIZE), `${where}: pose ${at / POSE_SIZE + 1}`);
  }
  return poses;
}

/** Fisher and Yates. */
function shuffled(count: number, random: Random): Uint32Array<ArrayBuffer> {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
