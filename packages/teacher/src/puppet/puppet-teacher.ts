import { type Crop, FACE_POSE_SIZE, FRAME_SIZE, ImageError, validatePose } from '@tha4/core';
import { poseBatch } from '../pose-batch.ts';
import type { PreparedTeacher, Teacher, TeacherFrames, TeacherWindow } from '../teacher.ts';
import { createPuppet, type Puppet, posePuppet, posePuppetFace, posePuppetWindow } from './puppet.ts';

/** The built-in teacher: poses any picture that keeps the rules, by geometry alone. Needs the face mask. */
export function puppetTeacher(): Teacher {
  return {
    info: { name: 'puppet', licence: 'MIT', needs: 'nothing' },
    async prepare(image, mask, signal) {
      signal?.throwIfAborted();
      for (const [what, { width, height }] of [
        ['picture', image] as const,
        ...(mask ? [['mask', mask] as const] : []),
      ]) {
        if (width !== FRAME_SIZE || height !== FRAME_SIZE) {
          throw new ImageError(
            `puppet: expected a ${what} of ${FRAME_SIZE}x${FRAME_SIZE}, got ${width}x${height}; make one with tha4 prepare`,
          );
        }
      }
      if (mask === null) throw new ImageError('puppet: expected a face mask, got none; make one with tha4 prepare');
      return new PreparedPuppet(createPuppet(image, mask));
    },
  };
}

class PreparedPuppet implements PreparedTeacher {
  #puppet: Puppet | null;
  /** The face of the window before. */
  #face: { readonly pose: Float32Array; readonly picture: Float32Array } | null = null;

  constructor(puppet: Puppet) {
    this.#puppet = puppet;
  }

  async pose(poses: readonly Float32Array[], signal?: AbortSignal): Promise<TeacherFrames> {
    const puppet = this.#puppet;
    if (puppet === null) throw new RangeError('puppet: expected one that is not disposed of');
    return poseBatch(puppet.size, poses, signal, (pose, frames, index) =>
      posePuppet(puppet, pose, { ...frames, index }),
    );
  }

  async window(pose: Float32Array, window: Crop): Promise<TeacherWindow> {
    const puppet = this.#puppet;
    if (puppet === null) throw new RangeError('puppet: expected one that is not disposed of');
    const valid = validatePose(pose, 'pose');
    if (!this.#face?.pose.every((value, index) => value === valid[index])) {
      const picture = this.#face?.picture ?? new Float32Array(puppet.size ** 2 * 4);
      posePuppetFace(puppet, valid, picture);
      this.#face = { pose: valid.slice(0, FACE_POSE_SIZE), picture };
    }
    return posePuppetWindow(puppet, valid, this.#face.picture, window);
  }

  async dispose(): Promise<void> {
    this.#puppet = null;
    this.#face = null;
  }
}
