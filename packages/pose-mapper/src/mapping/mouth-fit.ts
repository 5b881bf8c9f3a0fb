import { ACTIVE_SETS, type ActiveSet } from './mouth-active-sets.ts';
import { VOWEL_COST, VOWEL_SHAPES } from './mouth-shapes.ts';

/** Rounding that a weight may stick out of [0, 1] by. */
const SLACK = 1e-12;

/**
 * The weights of aaa, iii, uuu and ooo that look most like a mouth:
 * argmin over w in [0, 1]^4 of |w M - p| + 0.01 sum(w), exactly.
 *
 * The function is convex, so its minimum is the best point of one of the 81 ways to fix some weights at 0 or 1 and
 * leave the others free. For those, with A the free shapes, G = A A', q = p minus the fixed shapes and d0 the distance
 * of q from their span, the best weights are inv(G) A q - 0.01 d inv(G) 1 with d = d0 / sqrt(1 - 0.01² 1' inv(G) 1).
 * All 81 are tried and the best that stays in [0, 1] is taken.
 *
 * @param point `[4]` mouth open, lower lip down, funnel, pucker; finite
 * @param weights `[4]`, filled and returned
 *
 * Source: the objective is the original's (`mediapipe_face_pose_converter_00.py`), which hands it to L-BFGS-B from zero
 * in every frame; that sometimes stops early, up to 0.185 away from the best weights.
 */
export function fitMouth(point: ArrayLike<number>, weights: Float64Array): Float64Array {
  let best = Number.POSITIVE_INFINITY;
  for (const set of ACTIVE_SETS) {
    if (!solveSet(set, point)) continue;
    const loss = mouthLoss(trial, point);
    if (loss < best) {
      best = loss;
      weights.set(trial);
    }
  }
  return weights;
}

/** |w M - p| + 0.01 sum(w): what `fitMouth` minimises. */
export function mouthLoss(weights: ArrayLike<number>, point: ArrayLike<number>): number {
  let squares = 0;
  for (let axis = 0; axis < 4; axis++) {
    let off = -(point[axis] as number);
    for (let vowel = 0; vowel < 4; vowel++) off += (weights[vowel] as number) * VOWEL_SHAPES[vowel]![axis]!;
    squares += off * off;
  }
  const sum = (weights[0] as number) + (weights[1] as number) + (weights[2] as number) + (weights[3] as number);
  return Math.sqrt(squares) + VOWEL_COST * sum;
}

// Scratch of `solveSet`, so that a frame allocates nothing.
const trial = new Float64Array(4);

/** Puts the best weights of one set into `trial`; false where they leave [0, 1]. */
function solveSet(set: ActiveSet, point: ArrayLike<number>): boolean {
  const { free, fixed, offset, solve, shrink } = set;
  for (let vowel = 0; vowel < 4; vowel++) trial[vowel] = fixed[vowel]!;
  for (let k = 0; k < free.length; k++) {
    let weight = 0;
    for (let axis = 0; axis < 4; axis++) weight += solve[k * 4 + axis]! * ((point[axis] as number) - offset[axis]!);
    trial[free[k]!] = weight;
  }
  // With all four free the shapes span everything and no residual is left.
  if (free.length > 0 && free.length < 4) {
    let squares = 0;
    for (let axis = 0; axis < 4; axis++) {
      let off = (point[axis] as number) - offset[axis]!;
      for (let k = 0; k < free.length; k++) off -= trial[free[k]!]! * VOWEL_SHAPES[free[k]!]![axis]!;
      squares += off * off;
    }
    const residual = Math.sqrt(squares) * set.stretch;
    for (let k = 0; k < free.length; k++) trial[free[k]!]! -= VOWEL_COST * residual * shrink[k]!;
  }
  for (let k = 0; k < free.length; k++) {
    const weight = trial[free[k]!]!;
    if (weight < -SLACK || weight > 1 + SLACK) return false;
    trial[free[k]!] = Math.min(1, Math.max(0, weight));
  }
  return true;
}
