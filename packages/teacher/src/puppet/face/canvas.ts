import { type Crop, srgbToLinear } from '@tha4/core';
import type { Colour } from '../find/face-pixels.ts';

/** A square of picture to paint on: `[size, size, 4]` RGBA in linear light, premultiplied, [0, 1]. */
export interface Canvas {
  readonly size: number;
  readonly data: Float32Array;
}

/** Takes a crop out of a picture `[side, side, 4]` in model space. */
export function canvasOf(picture: Float32Array, side: number, { top, left, height: size }: Crop): Canvas {
  const data = new Float32Array(size * size * 4);
  for (let row = 0; row < size; row++) {
    const from = ((top + row) * side + left) * 4;
    for (let i = 0; i < size * 4; i++) data[row * size * 4 + i] = (picture[from + i]! + 1) / 2;
  }
  return { size, data };
}

/** Puts what differs between two canvases into a picture in model space; what is the same keeps its bits. */
export function pasteChanges(
  rest: Canvas,
  painted: Canvas,
  picture: Float32Array,
  first: number,
  side: number,
  { top, left }: Crop,
): void {
  const { size } = rest;
  for (let row = 0; row < size; row++) {
    const to = first + ((top + row) * side + left) * 4;
    for (let i = 0; i < size * 4; i++) {
      const value = painted.data[row * size * 4 + i]!;
      if (value !== rest.data[row * size * 4 + i]) picture[to + i] = value * 2 - 1;
    }
  }
}

/** Samples a canvas bilinearly; beyond its border it goes on as at the border. */
export function sample({ size, data }: Canvas, x: number, y: number, out: Float64Array): void {
  const cx = Math.max(0, Math.min(x, size - 1));
  const cy = Math.max(0, Math.min(y, size - 1));
  const column = Math.min(cx | 0, size - 2);
  const row = Math.min(cy | 0, size - 2);
  const fx = cx - column;
  const fy = cy - row;
  const a = (row * size + column) * 4;
  for (let c = 0; c < 4; c++) {
    const p = data[a + c]!;
    const q = data[a + size * 4 + c]!;
    const top = p + (data[a + 4 + c]! - p) * fx;
    const bottom = q + (data[a + size * 4 + 4 + c]! - q) * fx;
    out[c] = top + (bottom - top) * fy;
  }
}

/** Samples one plane `[size, size]` bilinearly. */
export function samplePlane(plane: Float32Array, size: number, x: number, y: number): number {
  const cx = Math.max(0, Math.min(x, size - 1));
  const cy = Math.max(0, Math.min(y, size - 1));
  const column = Math.min(cx | 0, size - 2);
  const row = Math.min(cy | 0, size - 2);
  const fx = cx - column;
  const a = row * size + column;
  const top = plane[a]! + (plane[a + 1]! - plane[a]!) * fx;
  const bottom = plane[a + size]! + (plane[a + size + 1]! - plane[a + size]!) * fx;
  return top + (bottom - top) * (cy - row);
}

/** Lays an opaque colour over what is in `out`. */
export function layOver(out: Float64Array, colour: ArrayLike<number>, alpha: number): void {
  for (let c = 0; c < 4; c++) out[c] = out[c]! + ((c < 3 ? colour[c]! : 1) - out[c]!) * alpha;
}

/** An sRGB colour in linear light. */
export function linearColour([r, g, b]: Colour): Colour {
  return [srgbToLinear(r), srgbToLinear(g), srgbToLinear(b)];
}
