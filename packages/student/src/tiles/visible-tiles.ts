import { MAP_TILE } from '@tha4/core';

/**
 * Largest alpha in model space, [-1, 1], that still becomes byte 0: a pixel up to here is not seen, whatever its
 * colour (premultiplied, it is at most half a step of a byte).
 */
const UNSEEN_ALPHA = -1 + 1 / 255;

/** Place of a tile in the grid of tiles, whose side is the map's unless another one is given. */
export interface Tile {
  readonly row: number;
  readonly column: number;
}

/**
 * In which quarters of a tile something can be seen, a bit for each: top left 1, top right 2, bottom left 4, bottom
 * right 8.
 */
export type Quarters = number;

/** All four. */
export const WHOLE: Quarters = 15;

/** Every tile of a picture. */
export function allTiles(size: number, tile: number = MAP_TILE): Tile[] {
  const side = Math.ceil(size / tile);
  return Array.from({ length: side * side }, (_, at) => ({ row: Math.floor(at / side), column: at % side }));
}

/** Whether a tile of `frame [size, size, 4]`, in model space, holds a pixel that can be seen. */
export function isVisible(frame: Float32Array, size: number, tile: Tile): boolean {
  return visibleQuarters(frame, size, tile) !== 0;
}

/** The quarters of a tile of `frame [size, size, 4]`, in model space, that hold a pixel that can be seen. */
export function visibleQuarters(
  frame: Float32Array,
  size: number,
  { row, column }: Tile,
  side: number = MAP_TILE,
): Quarters {
  const half = side / 2;
  let quarters = 0;
  for (let quarter = 0; quarter < 4; quarter++) {
    const top = row * side + (quarter >> 1) * half;
    const left = column * side + (quarter & 1) * half;
    if (isPartVisible(frame, size, top, left, half)) quarters |= 1 << quarter;
  }
  return quarters;
}

function isPartVisible(frame: Float32Array, size: number, top: number, left: number, side: number): boolean {
  const bottom = Math.min(top + side, size);
  const right = Math.min(left + side, size);
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) {
      if (frame[(row * size + column) * 4 + 3]! > UNSEEN_ALPHA) return true;
    }
  }
  return false;
}

/** Makes tiles of `frame [size, size, channels]` hold `value` in each pixel. */
export function fillTiles(
  frame: Float32Array,
  size: number,
  tiles: readonly Tile[],
  value: readonly number[],
  side: number = MAP_TILE,
): void {
  const channels = value.length;
  const line = Float32Array.from({ length: side * channels }, (_, i) => value[i % channels]!);
  for (const { row: tileRow, column } of tiles) {
    const width = Math.min(side, size - column * side) * channels;
    for (let row = tileRow * side; row < Math.min((tileRow + 1) * side, size); row++) {
      frame.set(line.subarray(0, width), (row * size + column * side) * channels);
    }
  }
}

/** Places in the grid of the tiles that touch some quarters of a tile, that one among them. @param side tiles of a row */
export function touched({ row, column }: Tile, quarters: Quarters, side: number): number[] {
  const places: number[] = [];
  for (let quarter = 0; quarter < 4; quarter++) {
    if (((quarters >> quarter) & 1) === 0) continue;
    const [top, left] = [row - 1 + (quarter >> 1), column - 1 + (quarter & 1)];
    for (let r = Math.max(top, 0); r <= Math.min(top + 1, side - 1); r++) {
      for (let c = Math.max(left, 0); c <= Math.min(left + 1, side - 1); c++) places.push(r * side + c);
    }
  }
  return places;
}

/** Tiles and those around them: `[side, side]`, 1 where `marked` is, or one of the eight neighbours is. */
export function withBand(marked: Uint8Array): Uint8Array {
  const side = Math.sqrt(marked.length);
  const wide = new Uint8Array(marked.length);
  for (let at = 0; at < marked.length; at++) {
    if (marked[at] === 0) continue;
    const row = Math.floor(at / side);
    const column = at % side;
    for (let r = Math.max(row - 1, 0); r <= Math.min(row + 1, side - 1); r++) {
      wide.fill(1, r * side + Math.max(column - 1, 0), r * side + Math.min(column + 2, side));
    }
  }
  return wide;
}

/** Share of a picture that is painted at first where a map `[side, side]` tells what can be seen, guard band included, 0..1. */
export function shareOfMap(visible: Uint8Array): number {
  return withBand(visible).reduce((sum, painted) => sum + painted, 0) / visible.length;
}
