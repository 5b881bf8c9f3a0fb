/** Sums over any box of a plane at once. */
export interface BoxSums {
  readonly width: number;
  readonly height: number;
  /** Entry (y, x): sum of all values above and left of it, `[height + 1, width + 1]`. */
  readonly sums: Float64Array;
}

/** @param plane `[height, width]`, row-major */
export function boxSums(plane: ArrayLike<number>, width: number, height: number): BoxSums {
  const sums = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += plane[y * width + x]!;
      sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1]! + row;
    }
  }
  return { width, height, sums };
}

/**
 * Mean over the pixels from (x0, y0) up to (x1, y1), both rounded; what lies outside of the plane counts as `outside`.
 */
export function boxMean(
  { width, height, sums }: BoxSums,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  outside: number,
): number {
  const left = Math.round(x0);
  const top = Math.round(y0);
  const right = Math.max(Math.round(x1), left + 1);
  const bottom = Math.max(Math.round(y1), top + 1);
  const l = Math.min(Math.max(left, 0), width);
  const r = Math.min(Math.max(right, 0), width);
  const t = Math.min(Math.max(top, 0), height);
  const b = Math.min(Math.max(bottom, 0), height);
  const stride = width + 1;
  const inside = sums[b * stride + r]! - sums[t * stride + r]! - sums[b * stride + l]! + sums[t * stride + l]!;
  const area = (right - left) * (bottom - top);
  return (inside + outside * (area - (r - l) * (b - t))) / area;
}
