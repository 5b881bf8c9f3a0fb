import type { Crop } from '@tha4/core';
import { sampleAt } from '../../warp/sample.ts';
import type { FlowGrid } from './flow-grid.ts';

/**
 * Moves a picture by a flow: a window of the frame, H rows of W pixels.
 *
 * @param picture `[size, size, 4]` in model space
 * @param visible 1 where something may be seen within a pixel of the place; the rest is left transparent, `[size, size]`
 * @param warped takes `[H, W, 4]` at `4 * offset`
 * @param gridChange takes `[H, W, 2]` at `2 * offset`, in units where the picture spans [-1, 1]
 */
export function warpPicture(
  picture: Float32Array,
  visible: Uint8Array,
  size: number,
  { step, nodes, flow }: FlowGrid,
  window: Crop,
  warped: Float32Array,
  gridChange: Float32Array,
  offset: number,
): void {
  const half = size / 2;
  const last = size - 1;
  const [bottom, right] = [window.top + window.height, window.left + window.width];
  for (let row = window.top, at = offset; row < bottom; row++) {
    const fy = ((row % step) + 0.5) / step;
    const above = ((row / step) | 0) * nodes * 2;
    const below = above + nodes * 2;
    for (let column = window.left; column < right; column++, at++) {
      const fx = ((column % step) + 0.5) / step;
      const left = ((column / step) | 0) * 2;
      const a = above + left;
      const b = below + left;
      const topX = flow[a]! + (flow[a + 2]! - flow[a]!) * fx;
      const topY = flow[a + 1]! + (flow[a + 3]! - flow[a + 1]!) * fx;
      const bottomX = flow[b]! + (flow[b + 2]! - flow[b]!) * fx;
      const bottomY = flow[b + 1]! + (flow[b + 3]! - flow[b + 1]!) * fx;
      const flowX = Math.fround((topX + (bottomX - topX) * fy) / half);
      const flowY = Math.fround((topY + (bottomY - topY) * fy) / half);
      gridChange[at * 2] = flowX;
      gridChange[at * 2 + 1] = flowY;
      const x = column + flowX * half;
      const y = row + flowY * half;
      const nearX = Math.max(0, Math.min((x + 0.5) | 0, last));
      const nearY = Math.max(0, Math.min((y + 0.5) | 0, last));
      if (visible[nearY * size + nearX] === 1) sampleAt(picture, size, x, y, warped, at * 4);
      else warped.fill(-1, at * 4, at * 4 + 4);
    }
  }
}

/** 1 within a pixel of what is not fully transparent in `picture [size, size, 4]`. */
export function visibleNear(picture: Float32Array, size: number): Uint8Array {
  const near = new Uint8Array(size * size);
  for (let row = 0, pixel = 0; row < size; row++) {
    for (let column = 0; column < size; column++, pixel++) {
      if (picture[pixel * 4 + 3]! <= -1) continue;
      for (let y = Math.max(row - 1, 0); y <= Math.min(row + 1, size - 1); y++) {
        near.fill(1, y * size + Math.max(column - 1, 0), y * size + Math.min(column + 2, size));
      }
    }
  }
  return near;
}
