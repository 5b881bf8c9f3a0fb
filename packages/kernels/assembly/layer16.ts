// Dense layers in 16-bit integers: two products and their sum in one instruction, so half as many as in float32.
//
// Activations are sines: integers, 2^14 for 1. Rows of them are ROW16 bytes apart, pixel-major as in `layer.ts`, and
// weights are packed [n / 8][k / 2][8][2], so that two neighbouring channels of a pixel meet two weights at a time.
// A CPU of x86 has that instruction; others need several, and take float32.
import { ROW } from './layer';
import { sinOfPhase, sinOfPhase16, sinPi16 } from './sine';

/** Bytes between the rows of a chunk of 16-bit activations: 384 of them and a pad. */
// @ts-ignore: decorator
@inline
export const ROW16: usize = 800;

/** Pairs of channels whose products are summed in an integer before it becomes a float; see `sum16`. */
const SEGMENT: usize = 15;

/**
 * out[p][n] = sin(pi t), t = b[n] + sum over k of x[p][k] w[k][n].
 *
 * The sum is a phase: only t modulo 2 matters, so that it may wrap around. Of a channel whose weights are 2^17 / m for 1,
 * m times the sum is t in units of 2^-31, modulo 2^32.
 *
 * @param x chunk of rows of ROW16 bytes, `pairs * 2` integers used in each
 * @param w packed weights; `b` packed biases `[blocks][8]` int32, 2^31 / m for 1; `m` int32 `[blocks][8]`
 * @param pixels a positive multiple of 4
 * @param float 1: `out` is float32 in rows of ROW bytes; 0: 16-bit integers in rows of ROW16
 */
export function layer16(
  x: usize, out: usize, w: usize, b: usize, m: usize, pairs: usize, blocks: usize, pixels: usize, float: i32,
): void {
  const step = pairs << 5;
  do {
    if (float) block<Float>(x, out, w, b, m, pairs, 1, pixels);
    else block<Integer>(x, out, w, b, m, pairs, 1, pixels);
    w += step;
    b += 32;
    m += 32;
    out += float ? 32 : 16;
  } while (--blocks);
}

// Type-level flags: what becomes of a block's sums.
class Float {}
class Integer {}
class Sum {}

/**
 * Eight output channels of all pixels of a chunk. A short function called often, so that engines tier it up early.
 *
 * @param b biases, where sums are phases
 * @param m what sums are multiplied by: integers, or float32 of what is added up in segments
 * @param segments how often `pairs` pairs are summed; one where sums are phases
 */
function block<S>(x: usize, out: usize, w: usize, b: usize, m: usize, pairs: usize, segments: usize, pixels: usize): void {
  const row = idof<S>() == idof<Integer>() ? ROW16 : ROW;
  do {
    let xp = x;
    let wp = w;
    let left = segments;
    do {
      let a0 = idof<S>() == idof<Sum>() ? i32x4.splat(0) : v128.load(b);
      let c0 = idof<S>() == idof<Sum>() ? i32x4.splat(0) : v128.load(b, 16);
      let a1 = a0, a2 = a0, a3 = a0;
      let c1 = c0, c2 = c0, c3 = c0;
      let k = pairs;
      do {
        const w0 = v128.load(wp);
        const w1 = v128.load(wp, 16);
        const x0 = v128.load32_splat(xp);
        a0 = i32x4.add(a0, i32x4.dot_i16x8_s(x0, w0));
        c0 = i32x4.add(c0, i32x4.dot_i16x8_s(x0, w1));
        const x1 = v128.load32_splat(xp, ROW16);
        a1 = i32x4.add(a1, i32x4.dot_i16x8_s(x1, w0));
        c1 = i32x4.add(c1, i32x4.dot_i16x8_s(x1, w1));
        const x2 = v128.load32_splat(xp, 2 * ROW16);
        a2 = i32x4.add(a2, i32x4.dot_i16x8_s(x2, w0));
        c2 = i32x4.add(c2, i32x4.dot_i16x8_s(x2, w1));
        const x3 = v128.load32_splat(xp, 3 * ROW16);
        a3 = i32x4.add(a3, i32x4.dot_i16x8_s(x3, w0));
        c3 = i32x4.add(c3, i32x4.dot_i16x8_s(x3, w1));
        xp += 4;
        wp += 32;
      } while (--k);
      put<S>(out, a0, c0, m);
      put<S>(out + row, a1, c1, m);
      put<S>(out + 2 * row, a2, c2, m);
      put<S>(out + 3 * row, a3, c3, m);
    } while (idof<S>() == idof<Sum>() && --left);
    x += 4 * ROW16;
    out += 4 * row;
    pixels -= 4;
  } while (pixels);
}

// @ts-ignore: decorator
@inline
function put<S>(out: usize, low: v128, high: v128, m: usize): void {
  const m0 = v128.load(m);
  const m1 = v128.load(m, 16);
  if (idof<S>() == idof<Sum>()) {
    v128.store(out, f32x4.add(v128.load(out), f32x4.mul(f32x4.convert_i32x4_s(low), m0)));
    v128.store(out, f32x4.add(v128.load(out, 16), f32x4.mul(f32x4.convert_i32x4_s(high), m1)), 16);
  } else if (idof<S>() == idof<Float>()) {
    v128.store(out, sinOfPhase(i32x4.mul(low, m0)));
    v128.store(out, sinOfPhase(i32x4.mul(high, m1)), 16);
  } else {
    v128.store(out, sinOfPhase16(i32x4.mul(low, m0), i32x4.mul(high, m1)));
  }
}

/**
 * out[p][n] += sum over k of x[p][k] w[k][n], for what is not a phase yet: it is enlarged first, and must not wrap. So
 * integers are summed over SEGMENT pairs of channels only, for which they suffice, and then added to the float32.
 *
 * @param x as in `layer16`; `w` as there, its pairs padded with zeros to `segments * SEGMENT`
 * @param out float32 in rows of ROW bytes
 * @param s what one is worth in each channel, float32 `[blocks][8]`
 */
export function sum16(
  x: usize, out: usize, w: usize, s: usize, segments: usize, blocks: usize, pixels: usize,
): void {
  const step = segments * (SEGMENT << 5);
  do {
    block<Sum>(x, out, w, 0, s, SEGMENT, segments, pixels);
    w += step;
    s += 32;
    out += 32;
  } while (--blocks);
}

/**
 * Applies sin(pi .) to a chunk, in place: from float32 in rows of ROW bytes to 16-bit integers in rows of ROW16, which
 * never overtake what is still to be read.
 *
 * @param eights channels of a row, in eights
 */
export function sines16(chunk: usize, eights: usize, pixels: usize): void {
  let out = chunk;
  do {
    let x = chunk;
    let o = out;
    let n = eights;
    do {
      v128.store(o, sinPi16(v128.load(x), v128.load(x, 16)));
      x += 32;
      o += 16;
    } while (--n);
    chunk += ROW;
    out += ROW16;
  } while (--pixels);
}
