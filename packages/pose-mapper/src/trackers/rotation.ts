import type { HeadRotation } from '../sample/face-sample.ts';

/** A unit quaternion. */
export interface Quaternion {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly w: number;
}

const RADIANS = Math.PI / 180;

/** @param x @param y @param z degrees about fixed axes in the frame of `HeadRotation` */
export function rotationOfDegrees(x: number, y: number, z: number): HeadRotation {
  return { pitch: x * RADIANS, yaw: y * RADIANS, roll: z * RADIANS };
}

/** First `b`, then `a`. */
export function multiply(a: Quaternion, b: Quaternion): Quaternion {
  return {
    x: a.w * b.x + a.x * b.w + a.y * b.z - a.z * b.y,
    y: a.w * b.y - a.x * b.z + a.y * b.w + a.z * b.x,
    z: a.w * b.z + a.x * b.y - a.y * b.x + a.z * b.w,
    w: a.w * b.w - a.x * b.x - a.y * b.y - a.z * b.z,
  };
}

/**
 * Head rotation of a bone's quaternion as Unity has it: left-handed, x to the person's own right, y up, z forward.
 * Turning x around gives the frame of `HeadRotation`; a rotation then keeps x and turns y and z around.
 */
export function rotationOfUnity(q: Quaternion): HeadRotation {
  const [x, y, z, w] = [q.x, -q.y, -q.z, q.w];
  return {
    pitch: Math.atan2(2 * (y * z + x * w), 1 - 2 * (x * x + y * y)),
    yaw: Math.asin(Math.min(1, Math.max(-1, -2 * (x * z - y * w)))),
    roll: Math.atan2(2 * (x * y + z * w), 1 - 2 * (y * y + z * z)),
  };
}

/** The reverse of `rotationOfUnity`. */
export function unityOfRotation({ pitch, yaw, roll }: HeadRotation): Quaternion {
  const turn = (axis: 'x' | 'y' | 'z', angle: number): Quaternion => ({
    ...{ x: 0, y: 0, z: 0 },
    [axis]: Math.sin(angle / 2),
    w: Math.cos(angle / 2),
  });
  const q = multiply(turn('z', roll), multiply(turn('y', yaw), turn('x', pitch)));
  return { x: q.x, y: -q.y, z: -q.z, w: q.w };
}
