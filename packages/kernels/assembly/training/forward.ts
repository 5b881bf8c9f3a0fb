// Forward through a sine layer, keeping what the way back needs. Rows, packing and blocking are those of ../layer.ts.
import { ROW } from '../layer';
import { madd } from '../sine';
import { storeWave } from './wave';

/**
 * h[p][n] = sin(pi t), c[p][n] = 30 cos(pi t), t = b[n] + sum over k of x[p][k] w[k][n].
 *
 * @param w packed `[blocks][inputs][8]`; `b` packed `[blocks][8]`; both times 30 / pi
 * @param pixels a positive multiple of 4
 */
export function layerSine(x: usize, h: usize, c: usize, w: usize, b: usize, inputs: usize, blocks: usize, pixels: usize): void {
  const step = inputs << 5;
  do {
    block(x, h, c, w, b, inputs, pixels);
    w += step;
    b += 32;
    h += 32;
    c += 32;
  } while (--blocks);
}

function block(x: usize, h: usize, c: usize, w: usize, b: usize, inputs: usize, pixels: usize): void {
  const bias0 = v128.load(b);
  const bias1 = v128.load(b, 16);
  do {
    let a0 = bias0, a1 = bias0, a2 = bias0, a3 = bias0;
    let c0 = bias1, c1 = bias1, c2 = bias1, c3 = bias1;
    let xp = x;
    let wp = w;
    let k = inputs;
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
    } while (--k);
    storeWave(a0, h, c);
    storeWave(c0, h + 16, c + 16);
    storeWave(a1, h + ROW, c + ROW);
    storeWave(c1, h + ROW + 16, c + ROW + 16);
    storeWave(a2, h + 2 * ROW, c + 2 * ROW);
    storeWave(c2, h + 2 * ROW + 16, c + 2 * ROW + 16);
    storeWave(a3, h + 3 * ROW, c + 3 * ROW);
    storeWave(c3, h + 3 * ROW + 16, c + 3 * ROW + 16);
    x += 4 * ROW;
    h += 4 * ROW;
    c += 4 * ROW;
    pixels -= 4;
  } while (pixels);
}

/**
 * Writes (x, y, 1, 0) of each pixel into its row: what an entry layer sees beside the pose, its bias included.
 *
 * @param list one u32 a pixel, row << 16 | column
 */
export function positionRows(list: usize, pixels: i32, size: i32, out: usize): void {
  const scale: f32 = 1 / <f32>size;
  do {
    const packed = load<u32>(list);
    storePosition(out, packed >>> 16, packed & 0xffff, scale);
    list += 4;
    out += ROW;
  } while (--pixels);
}

/** @param scale 1 / size */
// @ts-ignore: decorator
@inline
export function storePosition(out: usize, row: i32, column: i32, scale: f32): void {
  store<f32>(out, <f32>(column + column + 1) * scale - 1);
  store<f32>(out, <f32>(row + row + 1) * scale - 1, 4);
  store<f32>(out, 1, 8);
  store<f32>(out, 0, 12);
}
