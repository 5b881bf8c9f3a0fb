import { describe, expect, it } from 'vitest';
import { FollowedTiles, type Following } from './followed-tiles.ts';
import { allTiles, type Tile } from './visible-tiles.ts';

const SIDE = 16;
const ALL = allTiles(SIDE * 8);
const BAND: Following = { begin: 'band', block: 1 };
const NEAR: Following = { begin: 'near', block: 2 };

type Place = readonly [row: number, column: number];

/** A map with some tiles, given as [row, column]. */
function mapOf(...places: readonly Place[]): Uint8Array {
  return Uint8Array.from(ALL, ({ row, column }) => (places.some(([r, c]) => r === row && c === column) ? 1 : 0));
}

/** Paints a frame in which some tiles are full. @returns what was painted at last */
function paint(tiles: FollowedTiles, full: Uint8Array, jump = false): Uint8Array {
  tiles.begin(jump);
  for (;;) {
    const painted = ALL.filter((_, at) => tiles.painted[at] === 1);
    const quarters = painted.map(({ row, column }) => (full[row * SIDE + column] === 1 ? 15 : 0));
    if (tiles.grow(painted, quarters).length > 0) continue;
    tiles.settle();
    return tiles.painted;
  }
}

const has = (painted: Uint8Array, [row, column]: Place): boolean => painted[row * SIDE + column] === 1;
const count = (painted: Uint8Array): number => painted.reduce((sum, is) => sum + is, 0);

describe('FollowedTiles', () => {
  it('grows around visible quarters, each of which touches three other tiles', () => {
    const middle: Tile = { row: 5, column: 5 };
    const added = [1, 2, 4, 8].map((quarters) => {
      const tiles = new FollowedTiles(mapOf([5, 5]), BAND);
      tiles.begin(false);
      tiles.painted.fill(0)[5 * SIDE + 5] = 1;
      return tiles.grow([middle], [quarters]).map(({ row, column }) => `${row},${column}`);
    });
    expect(added).toEqual([
      ['4,4', '4,5', '5,4'],
      ['4,5', '4,6', '5,6'],
      ['5,4', '6,4', '6,5'],
      ['5,6', '6,5', '6,6'],
    ]);
  });

  it('grows around all of a visible tile after a jump', () => {
    const tiles = new FollowedTiles(mapOf([5, 5]), BAND);
    tiles.begin(true);
    tiles.painted.fill(0)[5 * SIDE + 5] = 1;
    expect(tiles.grow([{ row: 5, column: 5 }], [1])).toHaveLength(8);
  });

  it('follows what hangs together wherever it goes, tile by tile or at once', () => {
    const tiles = new FollowedTiles(mapOf([5, 5]), BAND);
    for (const column of [5, 6, 7, 8, 9]) expect(has(paint(tiles, mapOf([5, column])), [5, column])).toBe(true);
    const line = mapOf(...Array.from({ length: 9 }, (_, i): Place => [5 + i, 9]));
    expect(has(paint(tiles, line), [13, 9])).toBe(true);
    expect(count(paint(tiles, line))).toBe(11 * 3);
  });

  it('keeps painting where something floated apart, with a band, though it may be gone for some frames', () => {
    const body: readonly Place[] = [
      [5, 5],
      [5, 6],
    ];
    const tiles = new FollowedTiles(mapOf(...body, [12, 12]), BAND);
    paint(tiles, mapOf(...body, [12, 12]));
    for (let frame = 0; frame < 20; frame++) paint(tiles, mapOf(...body));
    const moved = paint(tiles, mapOf(...body, [13, 13]));
    expect([has(moved, [12, 12]), has(moved, [13, 13]), has(moved, [14, 14])]).toEqual([true, true, true]);
  });

  it('forgets what floated apart when it has not been seen for long', () => {
    const body: readonly Place[] = [
      [5, 5],
      [5, 6],
    ];
    const tiles = new FollowedTiles(mapOf(...body), BAND);
    paint(tiles, mapOf(...body));
    tiles.begin(false);
    tiles.grow(
      [...body, [12, 12] as const].map(([row, column]) => ({ row, column })),
      [15, 15, 15],
    );
    tiles.settle();
    const painted = Array.from({ length: 1001 }, () => has(paint(tiles, mapOf(...body)), [12, 12]));
    expect([painted.indexOf(false), painted.lastIndexOf(true)]).toEqual([999, 998]);
  });

  it('looks at all other tiles of the map in turn, and finds what appears there', () => {
    const others = mapOf(...ALL.filter(({ row }) => row >= 8).map(({ row, column }): Place => [row, column]));
    const map = others.map((is, at) => (at === 2 * SIDE + 2 ? 1 : is));
    const [still, jumping] = [false, true].map((jump) => {
      const tiles = new FollowedTiles(map, BAND);
      paint(tiles, mapOf([2, 2])); // the first frame looks at all
      const seen = new Uint8Array(map.length);
      for (let frame = 0; frame < (jump ? 4 : 9); frame++) {
        paint(tiles, mapOf([2, 2]), jump).forEach((is, at) => {
          if (is === 1) seen[at] = 1;
        });
      }
      return seen;
    });
    for (const seen of [still!, jumping!]) expect(others.every((is, at) => is === 0 || seen[at] === 1)).toBe(true);
    const tiles = new FollowedTiles(map, BAND);
    paint(tiles, mapOf([2, 2]));
    const found = Array.from({ length: 20 }, () => has(paint(tiles, mapOf([2, 2], [12, 12])), [12, 12]));
    expect(found.lastIndexOf(false)).toBeLessThan(9);
  });

  it('begins with what touches visible quarters, where a frame is to begin with little', () => {
    const tiles = new FollowedTiles(mapOf([5, 5]), NEAR);
    paint(tiles, mapOf([5, 5])); // the first frame: the map and its band
    tiles.begin(false);
    tiles.grow([{ row: 5, column: 5 }], [1]);
    tiles.settle();
    tiles.begin(false);
    expect(ALL.filter((_, at) => tiles.painted[at] === 1)).toEqual([
      { row: 4, column: 4 },
      { row: 4, column: 5 },
      { row: 5, column: 4 },
      { row: 5, column: 5 },
    ]);
    expect(has(paint(tiles, mapOf([5, 5])), [6, 6]), 'and grows from there').toBe(true);
  });

  it('takes whole blocks of the map in turn', () => {
    const others = mapOf(...ALL.filter(({ row }) => row >= 6).map(({ row, column }): Place => [row, column]));
    const tiles = new FollowedTiles(others, NEAR);
    paint(tiles, mapOf([2, 2]));
    const seen = new Uint8Array(others.length);
    for (let frame = 0; frame < 9; frame++) {
      const painted = paint(tiles, mapOf());
      ALL.forEach(({ row, column }, at) => {
        const first = (row - (row % 2)) * SIDE + column - (column % 2); // of its block of two by two
        expect(painted[at]! - painted[first]!, `${row},${column}`).toBe(0);
        seen[at] = Math.max(seen[at]!, painted[at]!);
      });
    }
    expect(others.every((is, at) => is === 0 || seen[at] === 1)).toBe(true);
  });

  it('begins with the map in each frame where it is not to follow', () => {
    const tiles = new FollowedTiles(mapOf([5, 5]), { begin: 'map', block: 1 });
    expect(count(paint(tiles, mapOf([5, 5], [5, 6], [5, 7])))).toBe(15);
    expect(count(paint(tiles, mapOf()))).toBe(9);
    expect(count(paint(tiles, mapOf()))).toBe(9);
  });
});
