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
