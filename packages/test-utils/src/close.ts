import { expect } from 'vitest';

/** Element `i` is close when `|actual - expected| <= atol + rtol * |expected|`; NaN is never close. */
export interface Tolerance {
  readonly atol: number;
  readonly rtol?: number;
}

/** How far two arrays of numbers lie apart, over all their elements. */
export interface Deviation {
  readonly maxAbs: number;
  readonly meanAbs: number;
  /** 99.9th percentile of the absolute differences. */
  readonly p999: number;
}

/** Fails with the worst element unless all elements are close. */
export function assertClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: Tolerance): void {
  expect(actual.length, 'number of elements').toBe(expected.length);
  let differ = 0;
  let worst = 0;
  let worstExcess = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < expected.length; i++) {
    if (actual[i] === expected[i]) continue;
    const limit = tolerance.atol + (tolerance.rtol ?? 0) * Math.abs(expected[i]!);
    const off = Math.abs(actual[i]! - expected[i]!);
    if (off <= limit && Number.isFinite(limit)) continue; // an infinite limit would let anything pass
    differ++;
    const excess = Number.isNaN(off) ? Number.POSITIVE_INFINITY : off - limit;
    if (excess > worstExcess) {
      worstExcess = excess;
      worst = i;
    }
  }
  if (differ > 0) {
    throw new Error(
      `${differ} of ${expected.length} elements differ; worst is [${worst}]: expected ${expected[worst]}, got ${actual[worst]} (atol ${tolerance.atol}, rtol ${tolerance.rtol ?? 0})`,
    );
  }
}

/** Measures how far two arrays lie apart. @throws when lengths differ or a difference is not a number */
export function deviation(actual: ArrayLike<number>, expected: ArrayLike<number>): Deviation {
  expect(actual.length, 'number of elements').toBe(expected.length);
  const off = Float64Array.from({ length: expected.length }, (_, i) => Math.abs(actual[i]! - expected[i]!));
  if (off.some(Number.isNaN)) throw new Error('a difference is NaN');
  off.sort();
  const sum = off.reduce((total, value) => total + value, 0);
  return {
    maxAbs: off.at(-1)!,
    meanAbs: sum / off.length,
    p999: off[Math.min(off.length - 1, Math.ceil(off.length * 0.999) - 1)]!,
  };
}
