/**
 * Pixel-centre coordinates of a square image: the position half of a SIREN morpher's input, and the identity grid
 * of a warp.
 *
 * Same convention as torch `affine_grid(identity, align_corners=false)`: pixel `i` of `n` sits at `(2i + 1) / n - 1`,
 * so the outermost centres are `1/n` inside the border.
 *
 * @param size image side in pixels, an integer >= 1
 * @returns `[size, size, 2]` float32, row-major, last axis (x, y), unitless in (-1, 1), x rightward, y downward
 * @throws {RangeError} when `size` is not a positive integer
 */
export function positionGrid(size: number): Float32Array {
  if (!Number.isInteger(size) || size < 1) {
    throw new RangeError(`positionGrid: expected a positive integer size, got ${size}`);
  }
  const grid = new Float32Array(size * size * 2);
  for (let row = 0, at = 0; row < size; row++) {
    const y = (2 * row + 1) / size - 1;
    for (let column = 0; column < size; column++) {
      grid[at++] = (2 * column + 1) / size - 1;
      grid[at++] = y;
    }
  }
  return grid;
}
