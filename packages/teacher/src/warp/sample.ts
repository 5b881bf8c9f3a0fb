/**
 * Samples a picture bilinearly, its border carried on outwards (`align_corners = false`, border padding).
 *
 * @param picture `[size, size, 4]`, of any meaning
 * @param x column in pixels, 0 at the first pixel's centre; `y` row, likewise
 * @param target takes four numbers from `at` on
 */
export function sampleAt(
  picture: Float32Array,
  size: number,
  x: number,
  y: number,
  target: Float32Array,
  at: number,
): void {
  const last = size - 1;
  const cx = Math.max(0, Math.min(x, last));
  const cy = Math.max(0, Math.min(y, last));
  const left = cx | 0;
  const above = cy | 0;
  const fx = cx - left;
  const fy = cy - above;
  const a = (above * size + left) * 4;
  const b = left < last ? a + 4 : a;
  const down = above < last ? size * 4 : 0;
  for (let channel = 0; channel < 4; channel++) {
    const p = picture[a + channel]!;
    const q = picture[a + down + channel]!;
    const top = p + (picture[b + channel]! - p) * fx;
    const bottom = q + (picture[b + down + channel]! - q) * fx;
    target[at + channel] = top + (bottom - top) * fy;
  }
}
