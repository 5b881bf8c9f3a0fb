import type { HeadPosition, HeadRotation } from './face-sample.ts';

/**
 * Head rotation of a 4x4 facial transformation matrix.
 *
 * @param matrix `[16]` column-major (translation at 12..14), as MediaPipe's web API gives it; rigid
 * @returns radians, signs as `HeadRotation` says
 *
 * Source: `extract_euler_angles` of the original (scipy's `as_euler("xyz")`), in closed form. The two agree to 2e-8 rad
 * on rigid matrices; scipy goes through a quaternion, which differs by up to 3.4e-3 rad where a matrix is not rigid.
 */
export function rotationFromMatrix(matrix: ArrayLike<number>): HeadRotation {
  checkMatrix(matrix);
  const at = (row: number, column: number) => matrix[column * 4 + row] as number;
  return {
    pitch: Math.atan2(at(2, 1), at(2, 2)),
    yaw: Math.asin(Math.min(1, Math.max(-1, -at(2, 0)))),
    roll: Math.atan2(at(1, 0), at(0, 0)),
  };
}

/** Where the head is, of the same matrix, centimetres. */
export function positionFromMatrix(matrix: ArrayLike<number>): HeadPosition {
  checkMatrix(matrix);
  return { x: matrix[12] as number, y: matrix[13] as number, z: matrix[14] as number };
}

function checkMatrix(matrix: ArrayLike<number>): void {
  if (matrix.length !== 16) {
    throw new RangeError(`head matrix: expected 16 numbers, column-major, got ${matrix.length}`);
  }
}
