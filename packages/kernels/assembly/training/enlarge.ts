// The entry of a level above the lowest: bilinear enlargement of what the level below hands up, and its transpose.
//
// A patch has `side` x `side` pixels from (startY, startX) on; the level below has `below` x `below` cells from
// (belowY, belowX) on. Both may reach one step over the border: what lies outside is a copy of its neighbour inside.
import { ROW } from '../layer';
import { madd } from '../sine';
import { storePosition } from './forward';
import { storeWave } from './wave';

// @ts-ignore: decorator
@inline
function clamped(coordinate: i32, size: i32): i32 {
  return min(max(coordinate, 0), size - 1);
}

/** Number of the cell above (or left of) a pixel, which lies between cells (i - 1) >> 1 and the next. */
// @ts-ignore: decorator
@inline
function cellOf(pixel: i32, first: i32): i32 {
  return ((pixel - 1) >> 1) - first;
}

/** How much of a pixel belongs to the second of its two cells: three quarters belong to the nearer one. */
// @ts-ignore: decorator
@inline
function shareOf(pixel: i32): f32 {
  return pixel & 1 ? 0.25 : 0.75;
}

/**
 * For each pixel: t = enlarged cells + pose's row + (x, y, 1) w, then h = sin(pi t), c = 30 cos(pi t).
 *
 * @param cells rows of the level below, already multiplied by this layer's feature weights
 * @param pose what the pose adds, `[blocks * 8]`; `w` the position's weights and bias, packed `[blocks][4][8]`
 * @param at rows that take (x, y, 1, 0)
 */
export function enlargeForward(
  cells: usize, belowY: i32, belowX: i32, below: i32,
  startY: i32, startX: i32, side: i32, size: i32,
  pose: usize, w: usize, blocks: i32, at: usize, h: usize, c: usize,
): void {
  const scale: f32 = 1 / <f32>size;
  const down = <usize>below * ROW;
  for (let i = 0; i < side; i++) {
    const row = clamped(startY + i, size);
    const line = cells + <usize>cellOf(row, belowY) * down;
    for (let j = 0; j < side; j++) {
      const column = clamped(startX + j, size);
      storePosition(at, row, column, scale);
      enlargePixel(line + <usize>cellOf(column, belowX) * ROW, down, shareOf(row), shareOf(column), pose, w, blocks << 1, at, h, c);
      at += ROW;
      h += ROW;
      c += ROW;
    }
  }
}

function enlargePixel(
  p: usize, down: usize, shareY: f32, shareX: f32, pose: usize, w: usize, lanes: i32, at: usize, h: usize, c: usize,
): void {
  const fy = f32x4.splat(shareY);
  const fx = f32x4.splat(shareX);
  const x = v128.load32_splat(at);
  const y = v128.load32_splat(at, 4);
  let q = p + down;
  let odd: usize = 0;
  do {
    const a = v128.load(p), b = v128.load(p, ROW);
    const top = madd(f32x4.sub(b, a), fx, a);
    const d = v128.load(q), e = v128.load(q, ROW);
    const bottom = madd(f32x4.sub(e, d), fx, d);
    let t = madd(f32x4.sub(bottom, top), fy, top);
    t = f32x4.add(t, f32x4.add(v128.load(pose), v128.load(w, 64)));
    t = madd(x, v128.load(w), t);
    t = madd(y, v128.load(w, 32), t);
    storeWave(t, h, c);
    p += 16;
    q += 16;
    h += 16;
    c += 16;
    pose += 16;
    // A block is [4][8]: its second four channels lie 16 bytes on, the next block 112 after that.
    w += 16 + 96 * odd;
    odd ^= 1;
  } while (--lanes);
}

/** The transpose of the enlargement: adds the pixels' dz to the cells they came from. The cells must hold zeros. */
export function enlargeAdjoint(
  dz: usize, startY: i32, startX: i32, side: i32, size: i32,
  cells: usize, belowY: i32, belowX: i32, below: i32, blocks: i32,
): void {
  const down = <usize>below * ROW;
  for (let i = 0; i < side; i++) {
    const row = clamped(startY + i, size);
    const line = cells + <usize>cellOf(row, belowY) * down;
    for (let j = 0; j < side; j++) {
      const column = clamped(startX + j, size);
      spread(dz, line + <usize>cellOf(column, belowX) * ROW, down, shareOf(row), shareOf(column), blocks << 1);
      dz += ROW;
    }
  }
}

function spread(dz: usize, p: usize, down: usize, fy: f32, fx: f32, lanes: i32): void {
  const a = f32x4.splat((1 - fy) * (1 - fx));
  const b = f32x4.splat((1 - fy) * fx);
  const c = f32x4.splat(fy * (1 - fx));
  const d = f32x4.splat(fy * fx);
  let q = p + down;
  do {
    const g = v128.load(dz);
    v128.store(p, madd(g, a, v128.load(p)));
    v128.store(p, madd(g, b, v128.load(p, ROW)), ROW);
    v128.store(q, madd(g, c, v128.load(q)));
    v128.store(q, madd(g, d, v128.load(q, ROW)), ROW);
    dz += 16;
    p += 16;
    q += 16;
  } while (--lanes);
}
