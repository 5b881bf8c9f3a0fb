import { POSE_SIZE } from '@tha4/core';
import type { PreparedTeacher, TeacherFrames } from '../teacher.ts';
import type { TrainingFrame } from '../training/trainer.ts';
import type { FrameOrder } from './frame-order.ts';

/**
 * The frames of a run by number. A teacher that paints several poses at once is asked for whole blocks of its batch,
 * which begin at multiples of it: so frame number k is always painted beside the same others, and a run that goes on
 * gets the same ones.
 */
export class FrameSource {
  readonly #teacher: PreparedTeacher;
  readonly #order: FrameOrder;
  readonly #batch: number;
  #block: { readonly first: number; readonly poses: readonly Float32Array[]; readonly frames: TeacherFrames } | null;

  constructor(teacher: PreparedTeacher, order: FrameOrder) {
    this.#teacher = teacher;
    this.#order = order;
    this.#batch = teacher.batch ?? 1;
    this.#block = null;
  }

  /** Whether a frame is the first one with its face. */
  hasNewFace(index: number): boolean {
    return index === 0 || this.faceOf(index) !== this.faceOf(index - 1);
  }

  /** The number of a frame's face. */
  faceOf(index: number): number {
    return this.#order.faceAt(index);
  }

  /** Whether a frame is painted whole. */
  isWhole(index: number): boolean {
    return this.#order.windowAt(index) === null;
  }

  async frame(index: number): Promise<TrainingFrame> {
    const window = this.#order.windowAt(index);
    if (window !== null) {
      const pose = this.#pose(index);
      return { pose, window, ...(await this.#teacher.window!(pose, window)) };
    }
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
    const poses = Array.from({ length: this.#batch }, (_, i) => this.#pose(first + i));
    return { first, poses, frames: await this.#teacher.pose(poses) };
  }

  #pose(index: number): Float32Array {
    const pose = this.#order.poseAt(index);
    if (pose.length !== POSE_SIZE) throw new RangeError(`frame: expected ${POSE_SIZE} numbers, got ${pose.length}`);
    return pose;
  }
}
