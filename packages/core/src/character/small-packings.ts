import type { BitWidths } from '../checkpoint/packed-weights.ts';
import type { StudentConfig } from '../models/student.ts';
import { studentSpec } from './packing.ts';

/** Bits of the one layer that a trial rounds. */
const TRIAL_BITS = 8;
/** Mean bits of a weight in the smallest and largest packing, and between neighbours. */
const FEWEST = 6;
const MOST = 11;
const STEP = 0.125;
/** Widths that are used; 16 bits are as good as none rounded. */
const NARROWEST = 4;
const WIDEST = 16;

/** Packings of a student that round one layer to 8 bits each: frames painted with them tell how much a layer matters. */
export function trialPackings(config: StudentConfig): ReadonlyMap<string, BitWidths> {
  return new Map(dense(config).map(([key]) => [key, new Map([[key, TRIAL_BITS]])]));
}

/**
 * Packings of mixed widths, smallest first, that spend bits where they matter: every weight costs the frame the same
 * squared error. A bit more divides a layer's error by 4, so a layer with error E of n weights gets
 * `mean + log4(E / n)` bits. Early layers of a body get few, late and small ones many.
 *
 * @param errors layer -> mean squared error of frames painted with its trial
 */
export function mixedPackings(config: StudentConfig, errors: ReadonlyMap<string, number>): BitWidths[] {
  const layers = dense(config).map(([key, [inputs, outputs]]) => {
    const count = inputs! * outputs!;
    // A layer that changes nothing at 8 bits changes as little as can be told.
    const error = Math.max(errors.get(key) ?? 0, LEAST_ERROR);
    return { key, count, need: Math.log2(error / count) / 2 };
  });
  const weights = layers.reduce((sum, { count }) => sum + count, 0);
  const meanNeed = layers.reduce((sum, { count, need }) => sum + count * need, 0) / weights;
  const packings: BitWidths[] = [];
  for (let mean = FEWEST; mean <= MOST; mean += STEP) {
    const bits = (need: number): number => Math.round(mean + need - meanNeed);
    packings.push(new Map(layers.map(({ key, need }) => [key, Math.min(WIDEST, Math.max(NARROWEST, bits(need)))])));
  }
  return packings;
}

/** Below one step of a byte in one value of a thousand. */
const LEAST_ERROR = 1e-9;

function dense(config: StudentConfig): (readonly [string, readonly number[]])[] {
  return [...studentSpec(config)].filter(([, shape]) => shape.length > 1);
}
