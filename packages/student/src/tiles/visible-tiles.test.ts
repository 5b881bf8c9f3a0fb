import { describe, expect, it } from 'vitest';
import { allTiles, isVisible, type Tile, VisibleTiles } from './visible-tiles.ts';

const SIZE = 64;

/** A transparent frame with some pixels of full alpha, given as [row, column]. */
function frameWith(...pixels: readonly (readonly [number, number])[]): Float32Array {
  const frame = new Float32Array(SIZE * SIZE * 4).fill(-1);
  for (const [row, column] of pixels) frame[(row * SIZE + column) * 4 + 3] = 1;
  return frame;
}

const names = (tiles: readonly Tile[]): string[] => tiles.map(({ row, column }) => `${row},${column}`);

/** A map with the given tiles set. */
function mapOf(...tiles: readonly (readonly [number, number])[]): Uint8Array {
  const map = new Uint8Array(64);
  for (const [row, column] of tiles) map[row * 8 + column] = 1;
  return map;
}

describe('VisibleTiles', () => {
  it('takes the tiles of a map with a band of one tile around them', () => {
    const tiles = new VisibleTiles(SIZE);
    expect(names(tiles.addMap(mapOf([0, 0], [2, 3])))).toEqual([
      ...['0,0', '0,1', '1,0', '1,1', '1,2', '1,3', '1,4'],
      ...['2,2', '2,3', '2,4', '3,2', '3,3', '3,4'],
    ]);
    expect(tiles.share()).toBeCloseTo(13 / 64, 12);
  });

  it('grows around what has come into the band, step by step, and then rests', () => {
    const tiles = new VisibleTiles(SIZE);
    tiles.addMap(mapOf([2, 2]));
    const moved = frameWith([20, 20], [20, 25]);
    expect(names(tiles.grow(moved))).toEqual(['1,4', '2,4', '3,4']);
    expect(tiles.grow(moved)).toEqual([]);
    // Away again: nothing is taken back.
    expect(tiles.grow(frameWith([20, 20]))).toEqual([]);
    expect(tiles.share()).toBe(12 / 64);
  });

  it('counts a pixel as visible from half a step of an 8-bit alpha on', () => {
    const faint = frameWith();
    faint[3] = -1 + 0.99 / 255;
    expect(isVisible(faint, SIZE, { row: 0, column: 0 })).toBe(false);
    faint[3] = -1 + 1.01 / 255;
    expect(isVisible(faint, SIZE, { row: 0, column: 0 })).toBe(true);
    expect(isVisible(faint, SIZE, { row: 0, column: 1 })).toBe(false);
  });

  it('covers pictures whose size is no multiple of a tile', () => {
    expect(allTiles(12)).toHaveLength(4);
    expect(isVisible(new Float32Array(12 * 12 * 4), 12, { row: 1, column: 1 })).toBe(true);
  });
});
