import { POSE, POSE_NAMES } from './names.ts';

/** Pairs of left and right. */
const PAIRS: readonly (readonly [number, number])[] = POSE_NAMES.flatMap((name, index) =>
  name.endsWith('_left') ? [[index, index + 1] as const] : [],
);

const SIDEWAYS: readonly number[] = [POSE.iris_rotation_y, POSE.head_y, POSE.neck_z, POSE.body_y, POSE.body_z];

/** The pose that the picture in a mirror has: sides exchanged, sideways turns the other way. Changes `pose` in place. */
export function mirrorPose<P extends Float32Array | Float64Array>(pose: P): P {
  for (const [left, right] of PAIRS) {
    const kept = pose[left]!;
    pose[left] = pose[right]!;
    pose[right] = kept;
  }
  for (const index of SIDEWAYS) pose[index] = 0 - pose[index]!;
  return pose;
}
