// What moves between chunks of pixels and whole pictures. A list names the pixels of a chunk: one u32 each,
// (row + 1) << 16 | (column + 1), so that a grid's ring of one pixel around the picture can be named as well.
import { ROW } from './layer';
import { ROW16 } from './layer16';
import { madd, sinPi, sinPi16 } from './sine';

// @ts-ignore: decorator
@inline
function clampPixel(coordinate: i32, size: i32): i32 {
  return min(max(coordinate - 1, 0), size - 1);
}

/** Coordinate of the centre of pixel i of n: (2 i + 1) / n - 1, `scale` being 1 / n. */
// @ts-ignore: decorator
@inline
function centre(pixel: i32, scale: f32): f32 {
  return <f32>(pixel + pixel + 1) * scale - 1;
}

/**
 * Writes the position (x, y) of each pixel into its row.
 *
 * @param at byte in the row that takes x; y follows
 * @param clamped 1: pixels of the ring count as their neighbours inside; 0: their own position, outside [-1, 1]
 */
export function positions(list: usize, pixels: i32, size: i32, out: usize, at: usize, clamped: i32): void {
  const scale: f32 = 1 / <f32>size;
  out += at;
  do {
    const packed = load<u32>(list);
    let row = <i32>(packed >>> 16) - 1;
    let column = <i32>(packed & 0xffff) - 1;
    if (clamped) {
      row = min(max(row, 0), size - 1);
      column = min(max(column, 0), size - 1);
    }
    store<f32>(out, centre(column, scale));
    store<f32>(out, centre(row, scale), 4);
    list += 4;
    out += ROW;
  } while (--pixels);
}

/** Copies `bytes` (a multiple of 16) of each row to the pixel's place in a picture whose rows are `width` pixels long. */
export function scatter(chunk: usize, list: usize, pixels: i32, picture: usize, width: i32, bytes: usize, ring: i32): void {
  do {
    const packed = load<u32>(list);
    const row = <i32>(packed >>> 16) - 1 + ring;
    const column = <i32>(packed & 0xffff) - 1 + ring;
    memory.copy(picture + <usize>(row * width + column) * bytes, chunk, bytes);
    list += 4;
    chunk += ROW;
  } while (--pixels);
}

/**
 * Takes a grid of half the size bilinearly to each pixel (half-pixel centres) and applies the sine: the first layer
 * of a level, whose linear part was applied below, where there are four times fewer pixels; the two commute. The
 * grid's ring holds the border's features with the position carried on linearly, so no coordinate is clamped here.
 *
 * @param grid `[size / 2 + 2, size / 2 + 2, lanes * 4]` float32; `lanes` is even
 * @param sixteen 1: sines in 16 bits, rows as `layer16.ts` has them; 0: float32
 */
export function enlargeSine(
  grid: usize, list: usize, pixels: i32, size: i32, lanes: i32, out: usize, sixteen: i32,
): void {
  const pixelBytes = <usize>lanes << 4;
  const rowBytes = <usize>((size >> 1) + 2) * pixelBytes;
  do {
    const packed = load<u32>(list);
    const row = clampPixel(packed >>> 16, size);
    const column = clampPixel(packed & 0xffff, size);
    // Pixel i lies between cells (i - 1) >> 1 and the next; three quarters belong to the nearer one.
    const down = f32x4.splat(row & 1 ? 0.25 : 0.75);
    const right = f32x4.splat(column & 1 ? 0.25 : 0.75);
    let p = grid + <usize>((row + 1) >> 1) * rowBytes + <usize>((column + 1) >> 1) * pixelBytes;
    let o = out;
    let n = lanes >> 1;
    do {
      const low = between(p, pixelBytes, rowBytes, right, down);
      const high = between(p + 16, pixelBytes, rowBytes, right, down);
      if (sixteen) {
        v128.store(o, sinPi16(low, high));
        o += 16;
      } else {
        v128.store(o, sinPi(low));
        v128.store(o, sinPi(high), 16);
        o += 32;
      }
      p += 32;
    } while (--n);
    list += 4;
    out += sixteen ? ROW16 : ROW;
  } while (--pixels);
}

/** Four channels between a cell, the next one in its row, and the two below. */
// @ts-ignore: decorator
@inline
function between(p: usize, pixelBytes: usize, rowBytes: usize, right: v128, down: v128): v128 {
  const q = p + rowBytes;
  const a = v128.load(p), b = v128.load(p + pixelBytes);
  const c = v128.load(q), d = v128.load(q + pixelBytes);
  const top = madd(f32x4.sub(b, a), right, a);
  const bottom = madd(f32x4.sub(d, c), right, c);
  return madd(f32x4.sub(bottom, top), down, top);
}

/**
 * Forms the frame's pixels from the network's seven outputs: samples the picture at identity + flow (bilinear, border
 * clamped), then blends the colour over it: warped + alpha (colour - warped).
 *
 * @param chunk rows of flow x, flow y, alpha, R, G, B, A
 * @param picture `[size, size, 4]` float32 in model space, the face already pasted in; `frame` the same
 */
export function warpBlend(chunk: usize, list: usize, pixels: i32, picture: usize, size: i32, frame: usize): void {
  const scale: f32 = 1 / <f32>size;
  const half: f32 = 0.5 * <f32>size;
  const last = <f32>(size - 1);
  const rowBytes = <usize>size << 4;
  do {
    const packed = load<u32>(list);
    const row = <i32>(packed >>> 16) - 1;
    const column = <i32>(packed & 0xffff) - 1;
    const gx = centre(column, scale) + load<f32>(chunk);
    const gy = centre(row, scale) + load<f32>(chunk, 4);
    const x = min(max((gx + 1) * half - 0.5, 0), last);
    const y = min(max((gy + 1) * half - 0.5, 0), last);
    const left = <i32>x;
    const above = <i32>y;
    const p = picture + <usize>above * rowBytes + (<usize>left << 4);
    const q = above < size - 1 ? p + rowBytes : p;
    const next: usize = left < size - 1 ? 16 : 0;
    const fx = f32x4.splat(x - <f32>left);
    const fy = f32x4.splat(y - <f32>above);
    const a = v128.load(p), b = v128.load(p + next);
    const c = v128.load(q), d = v128.load(q + next);
    const top = madd(f32x4.sub(b, a), fx, a);
    const bottom = madd(f32x4.sub(d, c), fx, c);
    const warped = madd(f32x4.sub(bottom, top), fy, top);
    const colour = v128.load(chunk, 12);
    const alpha = v128.load32_splat(chunk, 8);
    v128.store(frame + <usize>row * rowBytes + (<usize>column << 4), madd(f32x4.sub(colour, warped), alpha, warped));
    list += 4;
    chunk += ROW;
  } while (--pixels);
}
