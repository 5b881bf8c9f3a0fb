import { madd } from '../sine';

/**
 * One Adam step over `count` numbers (a multiple of 4), as PyTorch takes it:
 * m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2; w -= rate / (1 - b1^t) * m / (sqrt(v) / sqrt(1 - b2^t) + 1e-8).
 *
 * @param g gradients of the first shard; those of the others follow `stride` bytes apart and are summed in order
 * @param forward takes `scale` * w
 * @param average takes average + keep * (w - average)
 * @param step rate / (1 - b1^t); `correction` 1 / sqrt(1 - b2^t)
 */
export function adam(
  w: usize, m: usize, v: usize, average: usize, forward: usize, g: usize, stride: usize, shards: i32, count: i32,
  step: f32, correction: f32, scale: f32, keep: f32,
): void {
  const b1 = f32x4.splat(0.9), c1 = f32x4.splat(0.1);
  const b2 = f32x4.splat(0.999), c2 = f32x4.splat(0.001);
  const steps = f32x4.splat(step), corrections = f32x4.splat(correction), epsilon = f32x4.splat(1e-8);
  const scales = f32x4.splat(scale), keeps = f32x4.splat(keep);
  do {
    let gradient = v128.load(g);
    let next = g;
    for (let i = 1; i < shards; i++) {
      next += stride;
      gradient = f32x4.add(gradient, v128.load(next));
    }
    const mean = madd(gradient, c1, f32x4.mul(v128.load(m), b1));
    const square = madd(f32x4.mul(gradient, gradient), c2, f32x4.mul(v128.load(v), b2));
    const size = madd(f32x4.sqrt(square), corrections, epsilon);
    const weight = f32x4.sub(v128.load(w), f32x4.div(f32x4.mul(steps, mean), size));
    const old = v128.load(average);
    v128.store(m, mean);
    v128.store(v, square);
    v128.store(w, weight);
    v128.store(average, madd(f32x4.sub(weight, old), keeps, old));
    v128.store(forward, f32x4.mul(weight, scales));
    w += 16;
    m += 16;
    v += 16;
    average += 16;
    forward += 16;
    g += 16;
    count -= 4;
  } while (count);
}

/**
 * Repacks weights `[blocks of n][inputs][8]` for the way back, `[blocks of k][outputs][8]`.
 *
 * @param inputs a multiple of 4; a last half block of k keeps the zeros it holds
 */
export function transpose(w: usize, to: usize, inputs: i32, outputs: i32): void {
  for (let n = 0; n < outputs; n += 8) {
    const lanes = min(outputs - n, 8);
    for (let k = 0; k < inputs; k++) {
      let out = to + ((<usize>(k >> 3) * <usize>outputs + <usize>n) << 5) + (<usize>(k & 7) << 2);
      for (let j = 0; j < lanes; j++) {
        store<f32>(out, load<f32>(w + (<usize>j << 2)));
        out += 32;
      }
      w += 32;
    }
  }
}
