import { describe, expect, it } from 'vitest';
import { type AreaOfFrame, BY_MAP_ALONE, BY_MAP_TILES, BY_SMALL_TILES, PaintedArea } from './painted-area.ts';
import type { Tile } from './visible-tiles.ts';

const SIZES = [16, 32, 64];
const USUAL = new Float32Array(45);
const UNUSUAL = new Float32Array(45).fill(1);

/** A map of 8 x 8 tiles with some in it, given as [row, column]. */
function mapOf(...tiles: readonly (readonly [number, number])[]): Uint8Array {
  const map = new Uint8Array(64);
  for (const [row, column] of tiles) map[row * 8 + column] = 1;
  return map;
}

/** Paints a frame in which some tiles are full. @returns what it began with */
function paint(area: PaintedArea, full: readonly (readonly [number, number])[], pose = USUAL): AreaOfFrame {
  const begun = area.begin(pose, false);
  const look = (): number[] =>
    area.watched.map((tile) => (full.some(([r, c]) => r === tile.row && c === tile.column) ? 15 : 0));
  while (area.look(look()) !== null);
  return begun;
}

const names = (tiles: readonly Tile[]): string[] => tiles.map(({ row, column }) => `${row},${column}`);
const pixels = ({ pixels }: AreaOfFrame): number => pixels.counts()[2]!;

describe('PaintedArea', () => {
  it('begins with the map and its band, then with what was visible and its band', () => {
    const area = new PaintedArea(SIZES, mapOf([3, 3], [3, 4]), BY_MAP_TILES);
    expect(area.begin(USUAL, false).pixels.counts()[2]).toBe(12 * 64);
    expect(area.share).toBe(12 / 64);
    paint(area, [[3, 3]]);
    area.begin(USUAL, false);
    expect(area.share).toBe(9 / 64);
  });

  it('paints more where what is visible reaches further, and says from where on the lists are new', () => {
    const area = new PaintedArea(SIZES, mapOf([3, 3]), BY_MAP_TILES);
    paint(area, [[3, 3]]);
    const before = area.begin(USUAL, false).pixels.counts();
    const quarters = area.watched.map(({ row, column }) => (row === 3 && column === 4 ? 2 : 0)); // top right
    expect(area.look(quarters)).toEqual(before);
    expect(names(area.watched)).toEqual(expect.arrayContaining(['2,5', '3,5']));
    expect(names(area.watched)).not.toContain('4,5');
    expect(area.watched, 'what was looked at stays as it is').toHaveLength(2);
  });

  it("follows by quarters of the map's tiles where that is wanted", () => {
    const area = new PaintedArea(SIZES, mapOf([3, 3]), BY_SMALL_TILES);
    expect(area.tile).toBe(4);
    expect(area.begin(USUAL, false).pixels.counts()[2], 'four tiles and the band around them').toBe(16 * 16);
    const look = (): number[] => area.watched.map(({ row, column }) => (row === 6 && column === 6 ? 15 : 0));
    expect(area.look(look())).toBeNull();
    area.begin(USUAL, false);
    expect(area.share).toBe(9 / 256);
  });

  it('looks at what came, and at everything again when everything is painted anew', () => {
    const area = new PaintedArea(SIZES, mapOf([3, 3]), BY_MAP_TILES);
    area.begin(USUAL, false);
    area.look(area.watched.map(({ row, column }) => (row === 4 && column === 4 ? 8 : 0)));
    expect(names(area.watched), 'around all of it, the first frame being a jump').toEqual([
      '3,5',
      '4,5',
      '5,3',
      '5,4',
      '5,5',
    ]);
    area.lookAgain();
    expect(area.watched).toHaveLength(9 + 5);
  });

  it('says what an earlier frame has left: at first anything, then what was painted', () => {
    const area = new PaintedArea(SIZES, mapOf([3, 3], [3, 4]), BY_MAP_TILES);
    expect(paint(area, [[3, 3]]).left).toHaveLength(64 - 12);
    expect(names(paint(area, [[3, 3]]).left)).toEqual(['2,5', '3,5', '4,5']);
    expect(paint(area, [[3, 3]]).left).toEqual([]);
  });

  it('paints everything in an unusual pose, and says that it is left then', () => {
    const area = new PaintedArea(SIZES, mapOf([3, 3]), BY_MAP_TILES);
    paint(area, [[3, 3]]);
    const whole = area.begin(UNUSUAL, false);
    expect([whole.aside, pixels(whole), area.watched, area.look([])]).toEqual([true, 64 * 64, [], null]);
    const back = paint(area, [[3, 3]]);
    expect([back.aside, pixels(back), back.left.length]).toEqual([false, 9 * 64, 64 - 9]);
  });

  it('stays where it was when a frame needs what the last one left, also after an unusual one', () => {
    const area = new PaintedArea(SIZES, mapOf([3, 3], [3, 4]), BY_MAP_TILES);
    paint(area, [[3, 3]]);
    area.begin(UNUSUAL, false);
    const { pixels: lists, left } = area.begin(USUAL, true);
    expect([lists.counts()[2], left.length]).toEqual([12 * 64, 64 - 12]);
  });

  it('does not write its lists anew where they stay', () => {
    const area = new PaintedArea(SIZES, mapOf([3, 3]), BY_MAP_TILES);
    const { version } = paint(area, [[3, 3]]).pixels;
    expect(paint(area, [[3, 3]]).pixels.version).toBe(version);
    expect(paint(area, [[3, 4]]).pixels.version).not.toBe(version);
  });

  it('does not depend on the frames before where that is not wanted', () => {
    const area = new PaintedArea(SIZES, mapOf([3, 3]), BY_MAP_ALONE);
    paint(area, [[3, 4]]);
    expect(area.share).toBe(12 / 64);
    const { pixels: lists, left } = paint(area, []);
    expect([lists.counts()[2], names(left)]).toEqual([9 * 64, ['2,5', '3,5', '4,5']]);
    expect(pixels(paint(area, []))).toBe(9 * 64);
  });

  it('paints everything, and looks at nothing, without a map', () => {
    const area = new PaintedArea(SIZES, null, BY_MAP_TILES);
    const whole = area.begin(UNUSUAL, false);
    expect([pixels(whole), whole.left, whole.aside, area.watched]).toEqual([64 * 64, [], false, []]);
    expect([area.share, area.look([])]).toEqual([1, null]);
    expect(area.begin(USUAL, false).pixels).toBe(whole.pixels);
  });
});
