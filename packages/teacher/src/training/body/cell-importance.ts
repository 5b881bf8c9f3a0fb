import type { Crop } from '@tha4/core';

/**
 * How important each cell of the lowest level is to learn from, in one frame. The shares add up over all cells; what
 * they leave is spread evenly.
 *
 * @param posed `[size, size, 4]`, and `image`, the resting picture, model space
 * @returns `[cells, cells]`, of sum 1
 */
export function cellImportance(
  posed: Float32Array,
  image: Float32Array,
  size: number,
  cells: number,
  face: Crop,
  shares: { readonly painted: number; readonly moving: number; readonly face: number },
): Float32Array {
  const step = size / cells;
  const painted = new Float32Array(cells * cells);
  const moving = new Float32Array(cells * cells);
  const inFace = new Float32Array(cells * cells);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const cell = Math.floor(y / step) * cells + Math.floor(x / step);
      const at = (y * size + x) * 4;
      // Alpha is -1 where nothing is.
      if (posed[at + 3]! > -0.99 || image[at + 3]! > -0.99) painted[cell]! += 1;
      for (let c = at; c < at + 4; c++) moving[cell]! += Math.abs(posed[c]! - image[c]!);
      if (y >= face.top && y < face.top + face.height && x >= face.left && x < face.left + face.width) {
        inFace[cell]! += 1;
      }
    }
  }
  const importance = new Float32Array(cells * cells);
  let even = 1;
  for (const [map, share] of [
    [painted, shares.painted],
    [moving, shares.moving],
    [inFace, shares.face],
  ] as const) {
    const sum = map.reduce((a, b) => a + b, 0);
    if (sum === 0) continue;
    even -= share;
    for (let i = 0; i < map.length; i++) importance[i]! += (share * map[i]!) / sum;
  }
  return importance.map((value) => value + even / importance.length);
}
