import { ShapeError } from '../errors.ts';

/** Mean squared difference of two arrays of equal length, in float64. @throws {ShapeError} */
export function meanSquaredError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  checkLengths(a, b, 'meanSquaredError');
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return sum / a.length;
}

/** Mean absolute difference (the L1 loss) of two arrays of equal length, in float64. @throws {ShapeError} */
export function meanAbsoluteError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  checkLengths(a, b, 'meanAbsoluteError');
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]! - b[i]!);
  return sum / a.length;
}

function checkLengths(a: ArrayLike<number>, b: ArrayLike<number>, where: string): void {
  if (a.length === 0) throw new RangeError(`${where}: expected at least one number, got none`);
  if (a.length !== b.length) throw new ShapeError(where, [a.length], [b.length]);
}
