import type { PixelLists } from '../tiles/pixel-lists.ts';
import type { Tile } from '../tiles/visible-tiles.ts';
import type { LevelLayout } from './level-layout.ts';

/** Tiles as a dispatch takes them: how many, then their names, row << 16 | column in tiles. */
export type TileList = Uint32Array<ArrayBuffer>;

/** Every tile of a level, row by row. */
export function allTiles({ size, tileWidth, tileHeight }: LevelLayout): TileList {
  const columns = size / tileWidth;
  const count = columns * (size / tileHeight);
  const list = new Uint32Array(count + 1);
  list[0] = count;
  for (let i = 0; i < count; i++) list[i + 1] = (Math.floor(i / columns) << 16) | (i % columns);
  return list;
}

/** The tiles that hold a pixel of a level's list, from number `from` on, row by row. */
export function listedTiles(
  { size, tileWidth, tileHeight }: LevelLayout,
  pixels: PixelLists,
  level: number,
  from: number,
): TileList {
  const columns = size / tileWidth;
  const taken = new Uint8Array(columns * (size / tileHeight));
  for (const name of pixels.since(level, from)) {
    const row = (name >>> 16) - 1;
    const column = (name & 0xffff) - 1;
    if (row < 0 || column < 0 || row >= size || column >= size) continue; // the ring: grids here have none
    taken[Math.floor(row / tileHeight) * columns + Math.floor(column / tileWidth)] = 1;
  }
  const tiles: Tile[] = [];
  taken.forEach((is, i) => {
    if (is === 1) tiles.push({ row: Math.floor(i / columns), column: i % columns });
  });
  return namedTiles(tiles);
}

/** Some tiles of the picture, as a list. */
export function namedTiles(tiles: readonly Tile[]): TileList {
  return Uint32Array.of(tiles.length, ...tiles.map(({ row, column }) => (row << 16) | column));
}
