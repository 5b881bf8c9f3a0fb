import { VOWEL_COST, VOWEL_SHAPES } from './mouth-shapes.ts';

/**
 * One way to divide the four vowels into fixed ones (at 0 or at 1) and free ones, with what the free ones' best
 * weights need, worked out once.
 */
export interface ActiveSet {
  /** Which vowels are free, 0..3. */
  readonly free: readonly number[];
  /** Weights of the fixed ones (0 or 1); 0 at the free ones. `[4]`. */
  readonly fixed: readonly number[];
  /** Sum of the shapes of the vowels fixed at 1. `[4]`. */
  readonly offset: readonly number[];
  /** inv(G) A, `[free, 4]` row-major: least-squares weights of a point. */
  readonly solve: Float64Array;
  /** inv(G) 1, `[free]`: the way the weights go as the cost counts more. */
  readonly shrink: Float64Array;
  /** 1 / sqrt(1 - cost² 1' inv(G) 1): how much the cost lengthens the residual. */
  readonly stretch: number;
}

/** All 81 of them. */
export const ACTIVE_SETS: readonly ActiveSet[] = Array.from({ length: 81 }, (_, code) => {
  const digits = [0, 1, 2, 3].map((vowel) => Math.floor(code / 3 ** vowel) % 3);
  const free = [0, 1, 2, 3].filter((vowel) => digits[vowel] === 2);
  const fixed = digits.map((digit) => (digit === 1 ? 1 : 0));
  const offset = [0, 1, 2, 3].map((axis) =>
    fixed.reduce<number>((sum, weight, vowel) => sum + weight * shape(vowel, axis), 0),
  );
  const gram = free.map((a) => free.map((b) => dot(a, b)));
  const inverse = invert(gram);
  const shrink = Float64Array.from(inverse, (row) => row.reduce((sum, value) => sum + value, 0));
  const solve = Float64Array.from({ length: free.length * 4 }, (_, i) =>
    free.reduce((sum, vowel, k) => sum + inverse[Math.floor(i / 4)]![k]! * shape(vowel, i % 4), 0),
  );
  const total = shrink.reduce((sum, value) => sum + value, 0);
  return { free, fixed, offset, solve, shrink, stretch: 1 / Math.sqrt(1 - VOWEL_COST ** 2 * total) };
});

function shape(vowel: number, axis: number): number {
  return VOWEL_SHAPES[vowel]![axis]!;
}

function dot(a: number, b: number): number {
  return [0, 1, 2, 3].reduce((sum, axis) => sum + shape(a, axis) * shape(b, axis), 0);
}

/** Inverse of a small positive definite matrix (Gauss-Jordan; such matrices need no pivoting). */
function invert(matrix: readonly (readonly number[])[]): number[][] {
  const size = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1 : 0))]);
  for (let i = 0; i < size; i++) {
    const pivot = rows[i]![i]!;
    for (let j = 0; j < 2 * size; j++) rows[i]![j]! /= pivot;
    for (let k = 0; k < size; k++) {
      const factor = rows[k]![i]!;
      if (k !== i) for (let j = 0; j < 2 * size; j++) rows[k]![j]! -= factor * rows[i]![j]!;
    }
  }
  return rows.map((row) => row.slice(size));
}
