// An update of one matrix of weights in a basis of its own. Matrices are packed `[blocks of columns][rows][8]`.
import { madd } from '../sine';

/**
 * Sums the shards' gradients of one matrix, and pads its rows.
 *
 * @param g of the first shard, `[blocks][rows][8]`; those of the others follow `stride` bytes apart and are summed in order
 * @param to `[blocks][height][8]`; rows past `rows` keep the zeros they hold
 */
export function gatherGradient(g: usize, stride: usize, shards: i32, to: usize, rows: i32, height: i32, blocks: i32): void {
  const skip = <usize>(height - rows) << 5;
  do {
    let left = rows << 1;
    do {
      let sum = v128.load(g);
      let next = g;
      for (let i = 1; i < shards; i++) {
        next += stride;
        sum = f32x4.add(sum, v128.load(next));
      }
      v128.store(to, sum);
      g += 16;
      to += 16;
    } while (--left);
    to += skip;
  } while (--blocks);
}

/**
 * Adam's direction: m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2, then in place g = m / (sqrt(v) correction + 1e-8).
 *
 * @param count a multiple of 4
 */
export function adamDirection(g: usize, m: usize, v: usize, count: i32, b1: f32, b2: f32, correction: f32): void {
  const c1 = f32x4.splat(1 - b1), c2 = f32x4.splat(1 - b2), d1 = f32x4.splat(b1), d2 = f32x4.splat(b2);
  const corrections = f32x4.splat(correction), epsilon = f32x4.splat(1e-8);
  do {
    const gradient = v128.load(g);
    const mean = madd(gradient, c1, f32x4.mul(v128.load(m), d1));
    const square = madd(f32x4.mul(gradient, gradient), c2, f32x4.mul(v128.load(v), d2));
    v128.store(m, mean);
    v128.store(v, square);
    v128.store(g, f32x4.div(mean, madd(f32x4.sqrt(square), corrections, epsilon)));
    g += 16;
    m += 16;
    v += 16;
    count -= 4;
  } while (count);
}

/**
 * w -= step * direction, and what follows from the weights; see `adam`.
 *
 * @param w, average, forward `[blocks][rows][8]`; `direction` `[blocks][height][8]`
 */
export function moveWeights(
  w: usize, average: usize, forward: usize, direction: usize, rows: i32, height: i32, blocks: i32,
  step: f32, scale: f32, keep: f32,
): void {
  const skip = <usize>(height - rows) << 5;
  const steps = f32x4.splat(step), scales = f32x4.splat(scale), keeps = f32x4.splat(keep);
  do {
    let left = rows << 1;
    do {
      const weight = f32x4.sub(v128.load(w), f32x4.mul(steps, v128.load(direction)));
      const old = v128.load(average);
      v128.store(w, weight);
      v128.store(average, madd(f32x4.sub(weight, old), keeps, old));
      v128.store(forward, f32x4.mul(weight, scales));
      w += 16;
      average += 16;
      forward += 16;
      direction += 16;
    } while (--left);
    direction += skip;
  } while (--blocks);
}

/**
 * Makes the rows of a square matrix orthonormal, in order (Gram and Schmidt, twice: once is not enough in float32).
 *
 * @param a `[size / 8][size][8]`; `size` a multiple of 8; no row may be a sum of those above
 */
export function orthonormalise(a: usize, size: i32): void {
  const blocks = size >> 3;
  const step = <usize>size << 5;
  for (let j = 0; j < size; j++) {
    const own = a + (<usize>j << 5);
    normalise(own, blocks, step);
    for (let pass = 0; pass < 2; pass++) {
      for (let other = a; other < own; other += 32) project(own, other, blocks, step);
    }
    normalise(own, blocks, step);
  }
}

/** Takes from a row its part along another one, of length 1. */
function project(row: usize, other: usize, blocks: i32, step: usize): void {
  const along = f32x4.splat(-dot(row, other, blocks, step));
  do {
    v128.store(row, madd(v128.load(other), along, v128.load(row)));
    v128.store(row, madd(v128.load(other, 16), along, v128.load(row, 16)), 16);
    row += step;
    other += step;
  } while (--blocks);
}

function normalise(row: usize, blocks: i32, step: usize): void {
  const factor = f32x4.splat(1 / sqrt(dot(row, row, blocks, step)));
  do {
    v128.store(row, f32x4.mul(v128.load(row), factor));
    v128.store(row, f32x4.mul(v128.load(row, 16), factor), 16);
    row += step;
  } while (--blocks);
}

function dot(a: usize, b: usize, blocks: i32, step: usize): f32 {
  let low = f32x4.splat(0), high = low;
  do {
    low = madd(v128.load(a), v128.load(b), low);
    high = madd(v128.load(a, 16), v128.load(b, 16), high);
    a += step;
    b += step;
  } while (--blocks);
  const sum = f32x4.add(low, high);
  return f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3));
}
