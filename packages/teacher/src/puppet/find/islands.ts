import type { Box } from './face-boxes.ts';

/** Pixels that hang together, in a box; `right` and `bottom` are the last column and row inside. */
export interface Island extends Box {
  readonly area: number;
}

/** Finds what hangs together (corners too) inside a box. */
export function islands(box: Box, isLand: (x: number, y: number) => boolean): Island[] {
  const width = box.right - box.left;
  const seen = new Uint8Array(width * (box.bottom - box.top));
  const found: Island[] = [];
  for (let y = box.top; y < box.bottom; y++) {
    for (let x = box.left; x < box.right; x++) {
      if (seen[(y - box.top) * width + x - box.left] === 1 || !isLand(x, y)) continue;
      found.push(explore(box, seen, isLand, x, y));
    }
  }
  return found;
}

function explore(
  box: Box,
  seen: Uint8Array,
  isLand: (x: number, y: number) => boolean,
  startX: number,
  startY: number,
): Island {
  const width = box.right - box.left;
  let left = startX;
  let right = startX;
  let top = startY;
  let bottom = startY;
  let area = 0;
  const queue: [number, number][] = [[startX, startY]];
  seen[(startY - box.top) * width + startX - box.left] = 1;
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const [x, y] = next;
    area++;
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
    for (let v = Math.max(y - 1, box.top); v <= Math.min(y + 1, box.bottom - 1); v++) {
      for (let u = Math.max(x - 1, box.left); u <= Math.min(x + 1, box.right - 1); u++) {
        const at = (v - box.top) * width + u - box.left;
        if (seen[at] === 1 || !isLand(u, v)) continue;
        seen[at] = 1;
        queue.push([u, v]);
      }
    }
  }
  return { left, top, right, bottom, area };
}
