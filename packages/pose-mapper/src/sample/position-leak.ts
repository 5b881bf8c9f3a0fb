import type { HeadPosition, HeadRotation } from './face-sample.ts';

/** Yaw that a face reads for each radian that it is off to the right, and pitch for each that it is up. Measured with MediaPipe on a moved picture. */
const YAW_PER_RIGHT = -0.24;
const PITCH_PER_UP = 0.36;

/**
 * Takes out of a head's angles what comes only from where it is in the picture: MediaPipe measures against the camera's
 * axis, so a face that moves aside without turning seems to turn.
 */
export function withoutPositionLeak(rotation: HeadRotation, position: HeadPosition): HeadRotation {
  // Behind or at the camera there is no angle to correct.
  if (!(position.z < -1)) return rotation;
  const right = Math.atan2(position.x, -position.z);
  const up = Math.atan2(position.y, -position.z);
  return {
    pitch: rotation.pitch - PITCH_PER_UP * up,
    yaw: rotation.yaw - YAW_PER_RIGHT * right,
    roll: rotation.roll,
  };
}
