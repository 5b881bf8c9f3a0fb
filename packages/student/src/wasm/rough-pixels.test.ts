import { describe, expect, it } from 'vitest';
import { PixelLists } from '../tiles/pixel-lists.ts';
import { type Enlargement, nameRoughPixels } from './rough-pixels.ts';

const SIZE = 32;
const HALF = SIZE / 2;

/** Outputs of half the size from a function of row and column, over a grey picture. */
function enlargement(output: (row: number, column: number) => readonly number[]): Enlargement {
  const half = new Float32Array((HALF + 2) ** 2 * 8);
  for (let at = 0; at < (HALF + 2) ** 2; at++) {
    half.set(output(Math.floor(at / (HALF + 2)) - 1, (at % (HALF + 2)) - 1), at * 8);
  }
  const lists = new PixelLists([HALF, SIZE]);
  for (let tile = 0; tile < 16; tile++) lists.addTile(tile >> 2, tile & 3);
  return { half, image: new Float32Array(SIZE * SIZE * 4), size: SIZE, lists };
}

/** The columns of the named pixels, in order. */
function columns(from: Enlargement): number[] {
  const target = new Uint32Array(SIZE * SIZE);
  const names = target.subarray(0, nameRoughPixels(from, target));
  return [...new Set([...names].map((name) => (name & 0xffff) - 1))].sort((a, b) => a - b);
}

describe('rough pixels', () => {
  it('are none where outputs are straight', () => {
    const ramp = enlargement((row, column) => [0, 0, column / 16, row / 16, column / 16, 0, 1]);
    expect(columns(ramp)).toEqual([]);
  });

  it('are those at an edge of alpha', () => {
    const edge = enlargement((_, column) => [0, 0, column < 8 ? 0 : 1, 1, 1, 1, 1]);
    expect(columns(edge)).toEqual([14, 15, 16, 17]);
  });

  it('are not at an edge of a colour that is not seen', () => {
    const colour = (alpha: number) => enlargement((_, column) => [0, 0, alpha, column < 8 ? -1 : 1, 0, 0, 0]);
    expect(columns(colour(0))).toEqual([]);
    expect(columns(colour(1))).toEqual([14, 15, 16, 17]);
  });

  it('are only pixels that are painted', () => {
    const edge = enlargement((_, column) => [0, 0, column < 8 ? 0 : 1, 1, 1, 1, 1]);
    const lists = new PixelLists([HALF, SIZE]);
    lists.addTile(1, 1);
    expect(columns({ ...edge, lists })).toEqual([14, 15]);
    lists.addTile(1, 2);
    expect(columns({ ...edge, lists })).toEqual([14, 15, 16, 17]);
  });
});
