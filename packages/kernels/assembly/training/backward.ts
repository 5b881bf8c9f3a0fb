// The way back through a dense layer. `dz` is the gradient for what a layer computes before its sine.
import { ROW } from '../layer';
import { madd } from '../sine';

/**
 * In place: c[p][k] = c[p][k] * sum over n of dz[p][n] w[k][n], which turns the derivative of the layer below into
 * its own dz.
 *
 * @param w the weights' transpose, packed `[blocks of k][outputs][8]`
 * @param outputs channels of dz
 * @param blocks ceil(inputs / 8)
 */
export function backLayer(dz: usize, c: usize, w: usize, outputs: usize, blocks: usize, pixels: usize): void {
  const step = outputs << 5;
  do {
    backBlock(dz, c, w, outputs, pixels);
    w += step;
    c += 32;
  } while (--blocks);
}

function backBlock(x: usize, c: usize, w: usize, outputs: usize, pixels: usize): void {
  do {
    let a0 = f32x4.splat(0), a1 = a0, a2 = a0, a3 = a0;
    let c0 = a0, c1 = a0, c2 = a0, c3 = a0;
    let xp = x;
    let wp = w;
    let n = outputs;
    do {
      const w0 = v128.load(wp);
      const w1 = v128.load(wp, 16);
      const x0 = v128.load32_splat(xp);
      a0 = madd(x0, w0, a0);
      c0 = madd(x0, w1, c0);
      const x1 = v128.load32_splat(xp, ROW);
      a1 = madd(x1, w0, a1);
      c1 = madd(x1, w1, c1);
      const x2 = v128.load32_splat(xp, 2 * ROW);
      a2 = madd(x2, w0, a2);
      c2 = madd(x2, w1, c2);
      const x3 = v128.load32_splat(xp, 3 * ROW);
      a3 = madd(x3, w0, a3);
      c3 = madd(x3, w1, c3);
      xp += 4;
      wp += 32;
    } while (--n);
    multiply(c, a0, c0);
    multiply(c + ROW, a1, c1);
    multiply(c + 2 * ROW, a2, c2);
    multiply(c + 3 * ROW, a3, c3);
    x += 4 * ROW;
    c += 4 * ROW;
    pixels -= 4;
  } while (pixels);
}

// @ts-ignore: decorator
@inline
function multiply(at: usize, low: v128, high: v128): void {
  v128.store(at, f32x4.mul(low, v128.load(at)));
  v128.store(at, f32x4.mul(high, v128.load(at, 16)), 16);
}

/**
 * g[k][n] += sum over p of x[p][k] dz[p][n].
 *
 * @param g packed like the weights, `[blocks][inputs][8]`
 * @param inputs a multiple of 4; what lies between the real inputs and that must be finite where dz is 0
 */
export function weightGradient(x: usize, dz: usize, g: usize, inputs: usize, blocks: usize, pixels: usize): void {
  const step = inputs << 5;
  do {
    weightBlock(x, dz, g, inputs, pixels);
    g += step;
    dz += 32;
  } while (--blocks);
}

function weightBlock(x: usize, dz: usize, g: usize, inputs: usize, pixels: usize): void {
  do {
    let a0 = f32x4.splat(0), a1 = a0, a2 = a0, a3 = a0;
    let c0 = a0, c1 = a0, c2 = a0, c3 = a0;
    let xp = x;
    let dp = dz;
    let p = pixels;
    do {
      const d0 = v128.load(dp);
      const d1 = v128.load(dp, 16);
      const x0 = v128.load32_splat(xp);
      a0 = madd(x0, d0, a0);
      c0 = madd(x0, d1, c0);
      const x1 = v128.load32_splat(xp, 4);
      a1 = madd(x1, d0, a1);
      c1 = madd(x1, d1, c1);
      const x2 = v128.load32_splat(xp, 8);
      a2 = madd(x2, d0, a2);
      c2 = madd(x2, d1, c2);
      const x3 = v128.load32_splat(xp, 12);
      a3 = madd(x3, d0, a3);
      c3 = madd(x3, d1, c3);
      xp += ROW;
      dp += ROW;
    } while (--p);
    add(g, a0, c0);
    add(g + 32, a1, c1);
    add(g + 64, a2, c2);
    add(g + 96, a3, c3);
    x += 16;
    g += 128;
    inputs -= 4;
  } while (inputs);
}

// @ts-ignore: decorator
@inline
function add(at: usize, low: v128, high: v128): void {
  v128.store(at, f32x4.add(v128.load(at), low));
  v128.store(at, f32x4.add(v128.load(at, 16), high), 16);
}

/** g[n] += sum over p of dz[p][n]. */
export function biasGradient(dz: usize, g: usize, blocks: usize, pixels: usize): void {
  do {
    let low = v128.load(g);
    let high = v128.load(g, 16);
    let dp = dz;
    let p = pixels;
    do {
      low = f32x4.add(low, v128.load(dp));
      high = f32x4.add(high, v128.load(dp, 16));
      dp += ROW;
    } while (--p);
    v128.store(g, low);
    v128.store(g, high, 16);
    g += 32;
    dz += 32;
  } while (--blocks);
}
