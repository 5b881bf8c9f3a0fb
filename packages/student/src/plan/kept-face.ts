import { FACE_POSE_SIZE } from '@tha4/core';

/** For which pose the face in the picture was painted: while only the body moves, it need not be painted again. */
export class KeptFace {
  #pose: Float32Array | null = null;

  /** Whether the face of a pose is another one than that of the last pose asked for, which the picture holds. */
  changes(pose: Float32Array): boolean {
    const kept = this.#pose;
    const face = pose.slice(0, FACE_POSE_SIZE);
    this.#pose = face;
    return kept === null || face.some((value, i) => value !== kept[i]);
  }
}
