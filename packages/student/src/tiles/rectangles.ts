import { MAP_TILE as TILE } from '@tha4/core';
import type { PixelLists } from './pixel-lists.ts';

/**
 * Rectangles of whole tiles of a level that hold the pixels of its list, without overlap: (left, top, right, bottom) in
 * pixels, one after the other. Tiles side by side are one rectangle, and so are equal rows of them below each other.
 *
 * @param size of the level; its last tiles may be cut off
 * @param from number in the list of the first pixel that counts
 */
export function rectanglesOf(pixels: PixelLists, level: number, size: number, from: number = 0): Float32Array {
  const side = Math.ceil(size / TILE);
  const taken = takenTiles(pixels.since(level, from), size, side);
  const finished: Rectangle[] = [];
  let open: Rectangle[] = [];
  for (let row = 0; row < side; row++) {
    const top = row * TILE;
    const bottom = Math.min(top + TILE, size);
    const next = runsOf(taken.subarray(row * side, (row + 1) * side)).map(([first, end]) => {
      const [left, right] = [first * TILE, Math.min(end * TILE, size)];
      const above = open.find((one) => one.left === left && one.right === right);
      return above === undefined ? { left, top, right, bottom } : { ...above, bottom };
    });
    finished.push(...open.filter((one) => !next.some(({ left, top }) => left === one.left && top === one.top)));
    open = next;
  }
  return Float32Array.from(
    [...finished, ...open].flatMap(({ left, top, right, bottom }) => [left, top, right, bottom]),
  );
}

interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

function takenTiles(names: Uint32Array, size: number, side: number): Uint8Array {
  const taken = new Uint8Array(side ** 2);
  for (const name of names) {
    const row = (name >>> 16) - 1;
    const column = (name & 0xffff) - 1;
    if (row < 0 || column < 0 || row >= size || column >= size) continue; // the ring: textures have none
    taken[Math.floor(row / TILE) * side + Math.floor(column / TILE)] = 1;
  }
  return taken;
}

/** Neighbours that are taken, as [first, end). */
function runsOf(row: Uint8Array): (readonly [number, number])[] {
  const runs: (readonly [number, number])[] = [];
  for (let first = row.indexOf(1); first >= 0; ) {
    const after = row.indexOf(0, first);
    const end = after < 0 ? row.length : after;
    runs.push([first, end]);
    first = row.indexOf(1, end);
  }
  return runs;
}
