import { describe, expect, it } from 'vitest';
import { allTiles, fillTiles, isVisible, shareOfMap, visibleQuarters, withBand } from './visible-tiles.ts';

const SIZE = 64;

/** A transparent frame with some pixels of full alpha, given as [row, column]. */
function frameWith(...pixels: readonly (readonly [number, number])[]): Float32Array {
  const frame = new Float32Array(SIZE * SIZE * 4).fill(-1);
  for (const [row, column] of pixels) frame[(row * SIZE + column) * 4 + 3] = 1;
  return frame;
}

describe('what is visible in a tile', () => {
  it('is told for each quarter', () => {
    const places = [
      [16, 24],
      [19, 28],
      [20, 27],
      [23, 31],
    ] as const;
    const tile = { row: 2, column: 3 };
    expect(places.map((place) => visibleQuarters(frameWith(place), SIZE, tile))).toEqual([1, 2, 4, 8]);
    expect(visibleQuarters(frameWith(...places), SIZE, tile)).toBe(15);
    expect(visibleQuarters(frameWith([15, 24], [24, 24], [16, 23], [16, 32]), SIZE, tile)).toBe(0);
  });

  it('is a pixel from half a step of an 8-bit alpha on', () => {
    const faint = frameWith();
    faint[3] = -1 + 0.99 / 255;
    expect(isVisible(faint, SIZE, { row: 0, column: 0 })).toBe(false);
    faint[3] = -1 + 1.01 / 255;
    expect(isVisible(faint, SIZE, { row: 0, column: 0 })).toBe(true);
    expect(isVisible(faint, SIZE, { row: 0, column: 1 })).toBe(false);
  });

  it('is known of tiles that are cut off', () => {
    expect(allTiles(12)).toHaveLength(4);
    expect(visibleQuarters(new Float32Array(12 * 12 * 4), 12, { row: 1, column: 1 })).toBe(1);
  });
});

describe('tiles', () => {
  it('have a band of the tiles around them', () => {
    const map = new Uint8Array(64);
    map[0] = map[2 * 8 + 3] = 1;
    const band = allTiles(SIZE).filter((_, at) => withBand(map)[at] === 1);
    expect(band.map(({ row, column }) => `${row},${column}`)).toEqual([
      ...['0,0', '0,1', '1,0', '1,1', '1,2', '1,3', '1,4'],
      ...['2,2', '2,3', '2,4', '3,2', '3,3', '3,4'],
    ]);
    expect(shareOfMap(map)).toBeCloseTo(13 / 64, 12);
  });

  it('are filled within the picture', () => {
    const frame = new Float32Array(12 * 12 * 2);
    fillTiles(
      frame,
      12,
      [
        { row: 1, column: 0 },
        { row: 0, column: 1 },
      ],
      [1, 2],
    );
    const sums = Array.from({ length: 12 }, (_, row) =>
      frame.subarray(row * 24, row * 24 + 24).reduce((a, b) => a + b),
    );
    expect(sums).toEqual([...new Array(8).fill(4 * 3), ...new Array(4).fill(8 * 3)]);
    expect([...frame.subarray(16, 18), ...frame.subarray(8 * 24, 8 * 24 + 2)]).toEqual([1, 2, 1, 2]);
  });
});
