import { meanSquaredError } from './mean-difference.ts';

/**
 * Peak signal-to-noise ratio: `10 log10(dataRange^2 / MSE)` over all numbers of both arrays, in float64.
 *
 * @param dataRange largest value minus smallest one, 1 for [0, 1] and 2 for [-1, 1]
 * @returns decibels; `Infinity` when the arrays are equal
 * @throws {ShapeError} when the lengths differ
 */
export function psnr(a: ArrayLike<number>, b: ArrayLike<number>, dataRange = 1): number {
  return psnrOfError(meanSquaredError(a, b), dataRange);
}

/** The same of a mean squared error that is known already. */
export function psnrOfError(meanSquared: number, dataRange = 1): number {
  return 10 * Math.log10(dataRange ** 2 / meanSquared);
}
