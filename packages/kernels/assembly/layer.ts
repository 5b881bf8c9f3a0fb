// One dense layer over a chunk of pixels, its sine applied to the accumulators before they are stored.
//
// Plain form: out[p][n] = f(b[n] + sum over k of x[p][k] w[k][n]), f = sin(pi .) or nothing.
// Pixel-major activations, lanes are output channels: 4 pixels x 8 channels stay in 8 registers over the whole of k.
// Weights are packed [n / 8][k][8]; rows of activations are ROW bytes apart, a constant, so that the four pixels of a
// group are reached by immediate offsets from one pointer.
import { madd, sinPi } from './sine';

/** Bytes between the rows of a chunk: 384 floats plus a pad that keeps rows off the same cache sets. */
// @ts-ignore: decorator
@inline
export const ROW: usize = 1600;

/**
 * @param x chunk, `pixels` rows of ROW bytes, `inputs` floats used in each
 * @param out chunk of the same geometry, `blocks * 8` floats written in each row
 * @param w packed weights `[blocks][inputs][8]`; `b` packed biases `[blocks][8]`
 * @param pixels a positive multiple of 4
 * @param sine 1 for sin(pi .), 0 for none
 */
export function layer(x: usize, out: usize, w: usize, b: usize, inputs: usize, blocks: usize, pixels: usize, sine: i32): void {
  const step = inputs << 5;
  do {
    if (sine) block<Sine>(x, out, w, b, inputs, pixels);
    else block<None>(x, out, w, b, inputs, pixels);
    w += step;
    b += 32;
    out += 32;
  } while (--blocks);
}

// Type-level flags: which function ends a layer.
class Sine {}
class None {}

/** Eight output channels of all pixels of a chunk. A short function called often, so that engines tier it up early. */
function block<S>(x: usize, out: usize, w: usize, b: usize, inputs: usize, pixels: usize): void {
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
    put<S>(out, a0, c0);
    put<S>(out + ROW, a1, c1);
    put<S>(out + 2 * ROW, a2, c2);
    put<S>(out + 3 * ROW, a3, c3);
    x += 4 * ROW;
    out += 4 * ROW;
    pixels -= 4;
  } while (pixels);
}

// @ts-ignore: decorator
@inline
function put<S>(out: usize, low: v128, high: v128): void {
  if (idof<S>() == idof<Sine>()) {
    v128.store(out, sinPi(low));
    v128.store(out, sinPi(high), 16);
  } else {
    v128.store(out, low);
    v128.store(out, high, 16);
  }
}
