// Products of small matrices, all packed `[blocks of columns][rows][8]`.
import { madd } from '../sine';

/**
 * C = keep C + share A B.
 *
 * @param a `[blocks][rows][8]`, `inner` columns; `b` `[blocks][inner][8]`; `c` `[blocks][rows][8]`
 * @param rows a multiple of 4; `inner` a multiple of 8; `blocks` of C's columns
 */
export function multiply(a: usize, b: usize, c: usize, rows: i32, inner: i32, blocks: i32, keep: f32, share: f32): void {
  const stepB = inner << 5;
  const stepC = rows << 5;
  do {
    multiplyBlock(a, b, c, rows, inner, keep, share);
    b += stepB;
    c += stepC;
  } while (--blocks);
}

function multiplyBlock(a: usize, b: usize, c: usize, rows: i32, inner: i32, keep: f32, share: f32): void {
  const stepA = (rows << 5) - 32;
  const keeps = f32x4.splat(keep), shares = f32x4.splat(share);
  let left = rows;
  do {
    let a0 = f32x4.splat(0), a1 = a0, a2 = a0, a3 = a0;
    let c0 = a0, c1 = a0, c2 = a0, c3 = a0;
    let ap = a;
    let bp = b;
    let k = inner;
    do {
      let lane = 8;
      do {
        const low = v128.load(bp);
        const high = v128.load(bp, 16);
        const x0 = v128.load32_splat(ap);
        a0 = madd(x0, low, a0);
        c0 = madd(x0, high, c0);
        const x1 = v128.load32_splat(ap, 32);
        a1 = madd(x1, low, a1);
        c1 = madd(x1, high, c1);
        const x2 = v128.load32_splat(ap, 64);
        a2 = madd(x2, low, a2);
        c2 = madd(x2, high, c2);
        const x3 = v128.load32_splat(ap, 96);
        a3 = madd(x3, low, a3);
        c3 = madd(x3, high, c3);
        ap += 4;
        bp += 32;
      } while (--lane);
      ap += stepA;
      k -= 8;
    } while (k);
    blend(c, a0, c0, keeps, shares);
    blend(c + 32, a1, c1, keeps, shares);
    blend(c + 64, a2, c2, keeps, shares);
    blend(c + 96, a3, c3, keeps, shares);
    a += 128;
    c += 128;
    left -= 4;
  } while (left);
}

// @ts-ignore: decorator
@inline
function blend(at: usize, low: v128, high: v128, keeps: v128, shares: v128): void {
  v128.store(at, madd(v128.load(at), keeps, f32x4.mul(low, shares)));
  v128.store(at, madd(v128.load(at, 16), keeps, f32x4.mul(high, shares)), 16);
}

/** to[j][i] = from[i][j]. @param rows of `from`, a multiple of 8; `columns` a multiple of 8 */
export function flip(from: usize, to: usize, rows: i32, columns: i32): void {
  for (let j = 0; j < columns; j++) {
    const source = from + ((<usize>(j >> 3) * <usize>rows) << 5) + (<usize>(j & 7) << 2);
    for (let i = 0; i < rows; i++) {
      store<f32>(
        to + ((<usize>(i >> 3) * <usize>columns + <usize>j) << 5) + (<usize>(i & 7) << 2),
        load<f32>(source + (<usize>i << 5)),
      );
    }
  }
}
