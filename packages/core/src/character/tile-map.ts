import { CharacterError } from '../errors.ts';

/** Side of the tiles of a map, pixels of the final picture. */
export const MAP_TILE = 8;

/**
 * Which tiles of the picture hold something visible in any pose, as far as a survey found out. A runtime that begins
 * with these, and follows the character from there, paints the same pictures in less than half the time.
 */
export interface TileMap {
  readonly tile: typeof MAP_TILE;
  /** How many poses were looked at. */
  readonly poses: number;
  /** One text of hexadecimal digits for each row of tiles, top to bottom; the first digit's highest bit is leftmost. */
  readonly rows: readonly string[];
}

/** @param visible `[side, side]` row-major, 1 where a tile is visible */
export function encodeTileMap(visible: Uint8Array, poses: number): TileMap {
  const side = Math.sqrt(visible.length);
  const digits = Math.ceil(side / 4);
  const digit = (row: number, first: number): string => {
    const bits = [0, 1, 2, 3].map((i) => (first + i < side ? visible[row * side + first + i]! : 0));
    return bits.reduce((sum, bit) => sum * 2 + bit, 0).toString(16);
  };
  const text = (row: number): string => Array.from({ length: digits }, (_, i) => digit(row, i * 4)).join('');
  return { tile: MAP_TILE, poses, rows: Array.from({ length: side }, (_, row) => text(row)) };
}

/**
 * @param size side of the picture, pixels
 * @returns `[side, side]` row-major, 1 where a tile is visible
 * @throws {CharacterError} when the map is not of that size
 */
export function decodeTileMap({ rows }: TileMap, size: number, where: string): Uint8Array {
  const side = Math.ceil(size / MAP_TILE);
  const digits = Math.ceil(side / 4);
  if (rows.length !== side || rows.some((row) => row.length !== digits)) {
    throw new CharacterError(
      `${where}: entry 'visibleTiles': expected ${side} rows of ${digits} digits, got ${rows.length} rows; convert the character again`,
    );
  }
  return Uint8Array.from({ length: side * side }, (_, i) => {
    const column = i % side;
    return (Number.parseInt(rows[Math.floor(i / side)]![column >> 2]!, 16) >> (3 - (column & 3))) & 1;
  });
}
