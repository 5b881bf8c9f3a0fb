import type { Crop } from '@tha4/core';

/**
 * How important each cell of the lowest level is to learn from, in one frame. The shares add up over all cells; what
 * they leave is spread evenly.
 *
 * @param posed `[height, width, 4]`, the window that is painted of the frame, in model space
 * @param image `[size, size, 4]`, the resting picture
 * @param window whole cells; what is learned for a cell goes a pixel beyond it, so its outermost cells count nothing
 *   unless it is the whole frame
 * @returns `[cells, cells]`, of sum 1
 */
export function cellImportance(
  posed: Float32Array,
  image: Float32Array,
  size: number,
  cells: number,
  face: Crop,
  shares: { readonly painted: number; readonly moving: number; readonly face: number },
  window: Crop,
): Float32Array {
  const step = size / cells;
  const margin = window.height === size && window.width === size ? 0 : step;
  const [top, bottom] = [window.top + margin, window.top + window.height - margin];
  const [left, right] = [window.left + margin, window.left + window.width - margin];
  const painted = new Float32Array(cells * cells);
  const moving = new Float32Array(cells * cells);
  const inFace = new Float32Array(cells * cells);
  const evenly = new Float32Array(cells * cells);
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const cell = Math.floor(y / step) * cells + Math.floor(x / step);
      const at = (y * size + x) * 4;
      const from = ((y - window.top) * window.width + x - window.left) * 4;
      evenly[cell]! += 1;
      // Alpha is -1 where nothing is.
      if (posed[from + 3]! > -0.99 || image[at + 3]! > -0.99) painted[cell]! += 1;
      for (let c = 0; c < 4; c++) moving[cell]! += Math.abs(posed[from + c]! - image[at + c]!);
      if (y >= face.top && y < face.top + face.height && x >= face.left && x < face.left + face.width) {
        inFace[cell]! += 1;
      }
    }
  }
  const importance = new Float32Array(cells * cells);
  const add = (map: Float32Array, share: number): boolean => {
    const sum = map.reduce((a, b) => a + b, 0);
    if (sum === 0) return false;
    for (let i = 0; i < map.length; i++) importance[i]! += (share * map[i]!) / sum;
    return true;
  };
  let even = 1;
  if (add(painted, shares.painted)) even -= shares.painted;
  if (add(moving, shares.moving)) even -= shares.moving;
  if (add(inFace, shares.face)) even -= shares.face;
  add(evenly, even);
  return importance;
}
