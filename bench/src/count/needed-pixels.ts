import { decodeTileMap, MAP_TILE, type TileMap } from '@tha4/core';

/**
 * How many pixels each level computes so that some tiles of the picture can be painted: a pixel needs the four around
 * it in the level below. All levels but the last carry a ring of one pixel, so that enlargement needs no border cases.
 *
 * @param sizes side of each level, pixels, each twice the one below
 * @param tiles `[side, side]`, 1 where a tile is painted, whatever the size of tiles is
 */
export function neededPixels(sizes: readonly number[], tiles: Uint8Array): number[] {
  return neededMasks(sizes, tiles).map(count);
}

/**
 * How many pixels each level computes where it computes whole tiles, of which one pixel is needed, and has no ring: as
 * the GPU runtimes do. WebGPU's tiles on the lower levels may be smaller than these, so there it is a little less.
 */
export function neededPixelsInTiles(sizes: readonly number[], tiles: Uint8Array): number[] {
  return neededMasks(sizes, tiles).map((mask, level) => {
    const size = sizes[level]!;
    const ring = level === sizes.length - 1 ? 0 : 1;
    const taken = new Set<number>();
    let pixels = 0;
    for (let at = 0; at < mask.length; at++) {
      const row = Math.floor(at / (size + 2 * ring)) - ring;
      const column = (at % (size + 2 * ring)) - ring;
      if (mask[at] === 0 || row < 0 || column < 0 || row >= size || column >= size) continue;
      const [top, left] = [Math.floor(row / MAP_TILE), Math.floor(column / MAP_TILE)];
      const tile = top * size + left;
      if (taken.has(tile)) continue;
      taken.add(tile);
      pixels += Math.min(MAP_TILE, size - top * MAP_TILE) * Math.min(MAP_TILE, size - left * MAP_TILE);
    }
    return pixels;
  });
}

/** Per level `[width, width]`, 1 where a pixel is needed; `width` is the last level's size, of others two more. */
function neededMasks(sizes: readonly number[], tiles: Uint8Array): Uint8Array[] {
  const size = sizes.at(-1)!;
  const side = Math.sqrt(tiles.length);
  const tile = size / side;
  const masks = [
    Uint8Array.from({ length: size * size }, (_, at) => {
      const row = Math.floor(at / size / tile);
      return tiles[row * side + Math.floor((at % size) / tile)]!;
    }),
  ];
  for (let level = sizes.length - 2; level >= 0; level--) {
    masks.unshift(neededBelow(masks[0]!, sizes[level + 1]!, level + 1 < sizes.length - 1));
  }
  return masks;
}

/** The same when everything is painted. */
export function allPixels(sizes: readonly number[]): number[] {
  return sizes.map((size, level) => (level === sizes.length - 1 ? size ** 2 : (size + 2) ** 2));
}

/** Tiles that a map makes a runtime paint: its own, and a guard band of one tile around them. */
export function paintedTiles(map: TileMap, size: number): Uint8Array {
  const visible = decodeTileMap(map, size, 'paintedTiles');
  const side = Math.sqrt(visible.length);
  return visible.map((_, at) => {
    const row = Math.floor(at / side);
    const column = at % side;
    for (let r = Math.max(row - 1, 0); r <= Math.min(row + 1, side - 1); r++) {
      for (let c = Math.max(column - 1, 0); c <= Math.min(column + 1, side - 1); c++) {
        if (visible[r * side + c] === 1) return 1;
      }
    }
    return 0;
  });
}

/** @param needed `[width, width]`, where `width` is `size`, or `size + 2` with a ring */
function neededBelow(needed: Uint8Array, size: number, ring: boolean): Uint8Array<ArrayBuffer> {
  const width = ring ? size + 2 : size;
  const below = size / 2 + 2;
  const result = new Uint8Array(below * below);
  // Position p of n lies between positions (p - 1) >> 1 and one more of the level below; its ring begins at -1.
  const first = (position: number): number => (Math.min(Math.max(position - (ring ? 1 : 0), 0), size - 1) + 1) >> 1;
  for (let at = 0; at < needed.length; at++) {
    if (needed[at] === 0) continue;
    const row = first(Math.floor(at / width));
    const column = first(at % width);
    for (const r of [row, row + 1]) result.fill(1, r * below + column, r * below + column + 2);
  }
  return result;
}

function count(marks: Uint8Array): number {
  return marks.reduce((sum, mark) => sum + mark, 0);
}
