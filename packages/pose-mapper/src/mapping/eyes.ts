import { clamp, mix, ramp } from './ramp.ts';

/** A pair of numbers, the left side's and the right side's. */
export interface Sides {
  left: number;
  right: number;
}

/**
 * Makes both lids blink as one, and a wink a wink: trackers read a blink a little differently for each eye, and let
 * one eye's wink leak into the other. Small differences are mostly dropped, large ones are widened.
 *
 * @param sides how far the eyes are shut, 0..1; changed in place
 */
export function coupleLids(sides: Sides): void {
  const middle = (sides.left + sides.right) / 2;
  const half = (sides.left - sides.right) / 2;
  const widen = mix(0.35, 1.35, ramp(2 * Math.abs(half), 0.12, 0.35));
  sides.left = clamp(middle + widen * half);
  sides.right = clamp(middle - widen * half);
}
