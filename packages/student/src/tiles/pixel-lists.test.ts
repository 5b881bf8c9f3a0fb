import { describe, expect, it } from 'vitest';
import { PixelLists } from './pixel-lists.ts';

const row = (name: number): number => (name >>> 16) - 1;
const column = (name: number): number => (name & 0xffff) - 1;

describe('PixelLists', () => {
  it('names the pixels of a tile, and on each level below those that it is enlarged from', () => {
    const lists = new PixelLists([8, 16, 32]);
    lists.addTile(1, 2);
    const rows = (level: number): number[] => [...new Set([...lists.since(level, 0)].map(row))];
    const columns = (level: number): number[] => [...new Set([...lists.since(level, 0)].map(column))];
    expect(lists.counts()).toEqual([16, 36, 64]);
    expect([rows(2)[0], rows(2).at(-1), columns(2)[0], columns(2).at(-1)]).toEqual([8, 15, 16, 23]);
    // Pixel 8 of 32 lies between 3 and 4 of 16, pixel 15 between 7 and 8.
    expect([rows(1)[0], rows(1).at(-1), columns(1)[0], columns(1).at(-1)]).toEqual([3, 8, 7, 12]);
    // Pixel 3 of 16 lies between 1 and 2 of 8, pixel 8 between 3 and 4.
    expect([rows(0)[0], rows(0).at(-1), columns(0)[0], columns(0).at(-1)]).toEqual([1, 4, 3, 6]);
  });

  it('takes the ring around the picture where a border tile needs it', () => {
    const lists = new PixelLists([8, 16]);
    lists.addTile(0, 0);
    lists.addTile(1, 1);
    const below = [...lists.since(0, 0)];
    expect(Math.min(...below.map(row))).toBe(-1);
    expect(Math.max(...below.map(column))).toBe(8);
  });

  it('holds every pixel once when all tiles are in, the rings too', () => {
    const lists = new PixelLists([8, 16, 32]);
    for (let r = 0; r < 4; r++) for (let c = 0; c < 4; c++) lists.addTile(r, c);
    lists.addTile(2, 2);
    expect(lists.counts()).toEqual([10 ** 2, 18 ** 2, 32 ** 2]);
    for (const level of [0, 1, 2]) expect(new Set(lists.since(level, 0)).size).toBe(lists.counts()[level]);
  });

  it('puts what a growth added at the end', () => {
    const lists = new PixelLists([8, 16]);
    lists.addTile(0, 0);
    const before = lists.counts();
    lists.addTile(0, 1);
    expect([...lists.since(1, before[1]!)].map(column)[0]).toBe(8);
    expect(lists.since(0, before[0]!).length).toBeLessThan(before[0]!);
  });

  it('cuts tiles off at the border of a small picture', () => {
    const lists = new PixelLists([2, 4]);
    lists.addTile(0, 0);
    expect(lists.counts()).toEqual([16, 16]);
  });
});
