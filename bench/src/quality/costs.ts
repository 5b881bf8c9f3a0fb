import { type StudentConfig, studentImageSize } from '@tha4/core';
import { fusedWork } from '../count/fused-work.ts';
import { allPixels } from '../count/needed-pixels.ts';
import { gflop } from '../count/work.ts';

/** Floating-point operations of a frame in each quality, every pixel painted, in thousands of millions. */
export interface Costs {
  readonly exact: number;
  /** A frame from kept outputs; one for which they are computed costs as much as an exact one. */
  readonly kept: number;
  /** Before any pixel is refined. */
  readonly half: number;
  /** What refining one in a hundred of the picture's pixels adds. */
  readonly refinedPercent: number;
}

/** Counts what the wasm runtime computes. */
export function countCosts(config: StudentConfig): Costs {
  const sizes = config.body.levels.map(({ size }) => size);
  const exact = allPixels(sizes);
  const last = exact.length - 1;
  const cost = (pixels: readonly number[]): number => gflop(fusedWork(config, pixels));
  const withLast = (pixels: number): number => cost(exact.map((count, level) => (level === last ? pixels : count)));
  const half = exact[last - 1]!;
  return {
    exact: cost(exact),
    kept: cost(exact.map(() => 0)),
    half: withLast(half),
    refinedPercent: withLast(half + studentImageSize(config) ** 2 / 100) - withLast(half),
  };
}
