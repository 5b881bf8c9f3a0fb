import { expect, it } from 'vitest';
import { looseTiles } from './loose-tiles.ts';

it('names what does not hang together with the largest part; corners hold', () => {
  const marked = Uint8Array.from([
    ...[1, 0, 0, 0, 1],
    ...[0, 1, 0, 0, 1],
    ...[0, 1, 0, 0, 0],
    ...[0, 0, 0, 0, 0],
    ...[0, 0, 0, 1, 0],
  ]);
  expect(looseTiles(marked).sort((a, b) => a - b)).toEqual([4, 9, 23]);
  expect(looseTiles(new Uint8Array(25))).toEqual([]);
  expect(looseTiles(new Uint8Array(25).fill(1))).toEqual([]);
});
