import type { LabPlanes } from './oklab.ts';

/** First row of each column that is more than half opaque; the height where there is none. */
export function silhouetteTops({ width, height, alpha }: Pick<LabPlanes, 'width' | 'height' | 'alpha'>): Int32Array {
  return Int32Array.from({ length: width }, (_, column) => {
    let row = 0;
    while (row < height && alpha[row * width + column]! < 0.5) row++;
    return row;
  });
}

/**
 * Where a head ends at the top: three quarters of the columns around its middle end above that row, so that a lock of
 * hair, a bun, an ear or a horn that stands up does not count.
 *
 * @returns `null` where the picture is opaque up to its top, or empty
 */
export function crownAbove(tops: Int32Array, x: number, halfWidth: number): number | null {
  const from = Math.max(0, Math.round(x - halfWidth));
  const around = tops.slice(from, Math.round(x + halfWidth) + 1).sort();
  const middle = around[Math.floor(around.length * 0.75)];
  return middle === undefined || middle === 0 ? null : middle;
}
