import { describe, expect, it } from 'vitest';
import { PixelLists } from './pixel-lists.ts';
import { rectanglesOf } from './rectangles.ts';

/** Rectangles of the last level of a picture of 64 pixels with some tiles, given as [row, column]. */
function rectangles(...tiles: readonly (readonly [number, number])[]): number[][] {
  const pixels = new PixelLists([32, 64]);
  for (const [row, column] of tiles) pixels.addTile(row, column);
  const flat = [...rectanglesOf(pixels, 1, 64)];
  return Array.from({ length: flat.length / 4 }, (_, i) => flat.slice(i * 4, i * 4 + 4));
}

describe('rectanglesOf', () => {
  it('joins neighbours of a row, and equal rows', () => {
    expect(rectangles([1, 2], [1, 3], [2, 2], [2, 3])).toEqual([[16, 8, 32, 24]]);
  });

  it('keeps apart what does not touch or is not equal', () => {
    const found = rectangles([0, 0], [0, 2], [1, 0], [1, 1], [3, 0]);
    expect(found).toHaveLength(4);
    expect(found).toEqual(
      expect.arrayContaining([
        [0, 0, 8, 8],
        [16, 0, 24, 8],
        [0, 8, 16, 16],
        [0, 24, 8, 32],
      ]),
    );
  });

  it('covers a tile of the level below wherever one of its pixels is needed', () => {
    const pixels = new PixelLists([32, 64]);
    pixels.addTile(2, 2); // pixels 16 to 23, which lie between 7 and 12 of the level below
    expect([...rectanglesOf(pixels, 0, 32)]).toEqual([0, 0, 16, 16]);
  });

  it('leaves the ring out, and cuts tiles off at the border', () => {
    const pixels = new PixelLists([6, 12]);
    for (const row of [0, 1]) for (const column of [0, 1]) pixels.addTile(row, column);
    expect([...rectanglesOf(pixels, 1, 12)]).toEqual([0, 0, 12, 12]);
    expect([...rectanglesOf(pixels, 0, 6)]).toEqual([0, 0, 6, 6]);
  });
});
