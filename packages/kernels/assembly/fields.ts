// What was computed before, or at half the size, and comes back into chunks of pixels. Lists as in `pixels.ts`.
import { ROW } from './layer';
import { madd, sinPi } from './sine';

/**
 * Takes each pixel's channels out of a picture into its row; the reverse of `scatter`.
 *
 * @param picture `[.., width, lanes * 4]` float32
 * @param ring 1 where the picture has a ring of one pixel, which can then be named
 * @param sine 1 for sin(pi .) of every number, 0 for a copy
 */
export function gather(picture: usize, list: usize, pixels: i32, width: i32, lanes: i32, ring: i32, out: usize, sine: i32): void {
  const pixelBytes = <usize>lanes << 4;
  do {
    const packed = load<u32>(list);
    const row = <i32>(packed >>> 16) - 1 + ring;
    const column = <i32>(packed & 0xffff) - 1 + ring;
    let p = picture + <usize>(row * width + column) * pixelBytes;
    let o = out;
    let n = lanes;
    do {
      const value = v128.load(p);
      v128.store(o, sine ? sinPi(value) : value);
      p += 16;
      o += 16;
    } while (--n);
    list += 4;
    out += ROW;
  } while (--pixels);
}

/**
 * Takes the network's outputs of half the size bilinearly to each pixel (half-pixel centres, border clamped).
 *
 * @param half `[size / 2 + 2, size / 2 + 2, 8]` float32; its ring is not read
 */
export function enlarge(half: usize, list: usize, pixels: i32, size: i32, out: usize): void {
  const last = (size >> 1) - 1;
  const rowBytes = <usize>(last + 3) << 5;
  do {
    const packed = load<u32>(list);
    const row = <i32>(packed >>> 16) - 1;
    const column = <i32>(packed & 0xffff) - 1;
    // Pixel i lies between cells (i - 1) >> 1 and (i + 1) >> 1; three quarters belong to the nearer one.
    const down = f32x4.splat(row & 1 ? 0.25 : 0.75);
    const right = f32x4.splat(column & 1 ? 0.25 : 0.75);
    const above = half + <usize>(max((row - 1) >> 1, 0) + 1) * rowBytes;
    const below = half + <usize>(min((row + 1) >> 1, last) + 1) * rowBytes;
    const before = <usize>(max((column - 1) >> 1, 0) + 1) << 5;
    const after = <usize>(min((column + 1) >> 1, last) + 1) << 5;
    v128.store(out, blend(above + before, above + after, below + before, below + after, right, down));
    v128.store(out, blend(above + before + 16, above + after + 16, below + before + 16, below + after + 16, right, down), 16);
    list += 4;
    out += ROW;
  } while (--pixels);
}

// @ts-ignore: decorator
@inline
function blend(a: usize, b: usize, c: usize, d: usize, right: v128, down: v128): v128 {
  const p = v128.load(a), q = v128.load(c);
  const top = madd(f32x4.sub(v128.load(b), p), right, p);
  const bottom = madd(f32x4.sub(v128.load(d), q), right, q);
  return madd(f32x4.sub(bottom, top), down, top);
}
