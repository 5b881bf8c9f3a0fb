import { POSE_SIZE } from '@tha4/core';
import type { PreparedTeacher } from '../teacher.ts';
import type { TrainingFrame } from '../training/trainer.ts';
import type { RunTrainers } from './recipe.ts';
import type { PoseStream } from './training-poses.ts';

/**
 * Asks the teacher for frame number `index` of the run and gives it to both trainers, in place of their oldest one: a
 * trainer of n slots always holds the newest n frames.
 */
export async function feedFrame(
  index: number,
  poseAt: PoseStream,
  teacher: PreparedTeacher,
  { face, body }: RunTrainers,
): Promise<void> {
  const frame = await askFrame(teacher, poseAt(index));
  for (const trainer of [face, body]) trainer.put(index % trainer.slots, frame);
}

/** Gives both trainers the frames that they held after `count` of them. @param onFrame called after each */
export async function refill(
  count: number,
  poseAt: PoseStream,
  teacher: PreparedTeacher,
  { face, body }: RunTrainers,
  onFrame: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const first = Math.max(0, count - Math.max(face.slots, body.slots));
  for (let index = first; index < count; index++) {
    signal.throwIfAborted();
    const frame = await askFrame(teacher, poseAt(index));
    for (const trainer of [face, body]) {
      if (index >= count - trainer.slots) trainer.put(index % trainer.slots, frame);
    }
    onFrame(index - first + 1, count - first);
  }
}

/** One pose at a time: then a frame does not depend on its neighbours, and a run that goes on gets the same ones. */
async function askFrame(teacher: PreparedTeacher, pose: Float32Array): Promise<TrainingFrame> {
  if (pose.length !== POSE_SIZE) throw new RangeError(`frame: expected ${POSE_SIZE} numbers, got ${pose.length}`);
  const { posed, warped, gridChange, faceMorphed } = await teacher.pose([pose]);
  return { pose, posed, warped, gridChange, faceMorphed };
}
