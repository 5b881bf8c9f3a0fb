import { POSE_SIZE } from '@tha4/core';
import type { PreparedTeacher, TeacherFrames } from '../teacher.ts';
import type { TrainingFrame } from '../training/trainer.ts';
import type { PoseStream } from './training-poses.ts';

/**
 * The frames of a run by number. A teacher that paints several poses at once is asked for whole blocks of its batch,
 * which begin at multiples of it: so frame number k is always painted beside the same others, and a run that goes on
 * gets the same ones.
 */
export class FrameSource {
  readonly #teacher: PreparedTeacher;
  readonly #poseAt: PoseStream;
  readonly #batch: number;
  #block: { readonly first: number; readonly poses: readonly Float32Array[]; readonly frames: TeacherFrames } | null;

  constructor(teacher: PreparedTeacher, poseAt: PoseStream) {
    this.#teacher = teacher;
    this.#poseAt = poseAt;
    this.#batch = teacher.batch ?? 1;
    this.#block = null;
  }

  async frame(index: number): Promise<TrainingFrame> {
    const first = index - (index % this.#batch);
    if (this.#block?.first !== first) this.#block = await this.#ask(first);
    const { poses, frames } = this.#block;
    const at = index - first;
    const part = (data: Float32Array): Float32Array => {
      const length = data.length / frames.count;
      return data.subarray(at * length, (at + 1) * length);
    };
    return {
      pose: poses[at]!,
      posed: part(frames.posed),
      warped: part(frames.warped),
      gridChange: part(frames.gridChange),
      faceMorphed: part(frames.faceMorphed),
    };
  }

  async #ask(first: number) {
    const poses = Array.from({ length: this.#batch }, (_, i) => this.#poseAt(first + i));
    for (const { length } of poses) {
      if (length !== POSE_SIZE) throw new RangeError(`frame: expected ${POSE_SIZE} numbers, got ${length}`);
    }
    return { first, poses, frames: await this.#teacher.pose(poses) };
  }
}
