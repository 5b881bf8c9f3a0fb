import { linearToSrgbByte, type RgbaImage, srgbToLinear } from '@tha4/core';

/** A picture's pixels scaled, then shifted: the point (x, y) goes to (x * scale + left, y * scale + top). */
export interface Placement {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

/**
 * Scales and shifts a picture onto a canvas, in linear light with premultiplied alpha, by a Lanczos filter of three
 * lobes that is as wide as the pixels that it joins. What lies outside of the picture is transparent.
 *
 * @returns `[height, width]` RGBA, owned by the caller
 */
export function resample(image: RgbaImage, placement: Placement, width: number, height: number): RgbaImage {
  const columns = taps(image.width, width, placement.scale, placement.left);
  const rows = taps(image.height, height, placement.scale, placement.top);
  // Only the source rows that are needed, and those only at the new width: that is little, however large the picture.
  const first = Math.min(...rows.map(({ start, weights }) => (weights.length > 0 ? start : image.height)));
  const last = Math.max(...rows.map(({ start, weights }) => start + weights.length));
  const narrow = new Float32Array(Math.max(0, last - first) * width * 4);
  const line = new Float32Array(image.width * 4);
  for (let row = first; row < last; row++) {
    decodeRow(image, row, line);
    filterRow(line, columns, narrow.subarray((row - first) * width * 4));
  }
  const data = new Uint8Array(width * height * 4);
  const sum = new Float32Array(width * 4);
  for (let row = 0; row < height; row++) {
    const { start, weights } = rows[row]!;
    sum.fill(0);
    for (let k = 0; k < weights.length; k++) {
      const from = (start + k - first) * width * 4;
      const weight = weights[k]!;
      for (let i = 0; i < sum.length; i++) sum[i]! += weight * narrow[from + i]!;
    }
    encodeRow(sum, data.subarray(row * width * 4, (row + 1) * width * 4));
  }
  return { width, height, data };
}

/** Which source pixels make one pixel, and with which weights. */
interface Taps {
  readonly start: number;
  readonly weights: Float64Array;
}

const LOBES = 3;

function taps(from: number, to: number, scale: number, shift: number): Taps[] {
  const stretch = Math.max(1, 1 / scale);
  return Array.from({ length: to }, (_, pixel) => {
    const centre = (pixel + 0.5 - shift) / scale;
    const low = Math.ceil(centre - LOBES * stretch - 0.5);
    const high = Math.floor(centre + LOBES * stretch - 0.5);
    let whole = 0;
    const all: number[] = [];
    for (let i = low; i <= high; i++) {
      const weight = lanczos((i + 0.5 - centre) / stretch);
      all.push(weight);
      whole += weight;
    }
    // Taps outside of the picture count as transparent, so they keep their share of the whole.
    const start = Math.min(Math.max(low, 0), from);
    const end = Math.max(Math.min(high + 1, from), start);
    return { start, weights: Float64Array.from(all.slice(start - low, end - low), (weight) => weight / whole) };
  });
}

function lanczos(x: number): number {
  if (x === 0) return 1;
  if (Math.abs(x) >= LOBES) return 0;
  const t = Math.PI * x;
  return (LOBES * Math.sin(t) * Math.sin(t / LOBES)) / (t * t);
}

function decodeRow({ width, data }: RgbaImage, row: number, line: Float32Array): void {
  for (let i = 0, p = row * width * 4; i < line.length; i += 4, p += 4) {
    const alpha = data[p + 3]! / 255;
    line[i] = LINEAR[data[p]!]! * alpha;
    line[i + 1] = LINEAR[data[p + 1]!]! * alpha;
    line[i + 2] = LINEAR[data[p + 2]!]! * alpha;
    line[i + 3] = alpha;
  }
}

function filterRow(line: Float32Array, columns: readonly Taps[], to: Float32Array): void {
  columns.forEach(({ start, weights }, column) => {
    let r = 0;
    let g = 0;
    let b = 0;
    let a = 0;
    for (let k = 0, p = start * 4; k < weights.length; k++, p += 4) {
      const weight = weights[k]!;
      r += weight * line[p]!;
      g += weight * line[p + 1]!;
      b += weight * line[p + 2]!;
      a += weight * line[p + 3]!;
    }
    to[column * 4] = r;
    to[column * 4 + 1] = g;
    to[column * 4 + 2] = b;
    to[column * 4 + 3] = a;
  });
}

function encodeRow(sum: Float32Array, row: Uint8Array): void {
  for (let i = 0; i < row.length; i += 4) {
    const alpha = Math.round(Math.min(Math.max(sum[i + 3]!, 0), 1) * 255);
    if (alpha === 0) continue; // transparent stays black
    for (let c = 0; c < 3; c++) row[i + c] = linearToSrgbByte(sum[i + c]! / sum[i + 3]!);
    row[i + 3] = alpha;
  }
}

const LINEAR = Float64Array.from({ length: 256 }, (_, byte) => srgbToLinear(byte / 255));
