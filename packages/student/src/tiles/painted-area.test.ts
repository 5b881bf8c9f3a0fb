import { describe, expect, it } from 'vitest';
import { PaintedArea } from './painted-area.ts';

const SIZES = [16, 32, 64];
const USUAL = new Float32Array(45);
const UNUSUAL = new Float32Array(45).fill(1);

/** A map of 8 x 8 tiles with one in it. */
function mapOf(row: number, column: number): Uint8Array {
  const map = new Uint8Array(64);
  map[row * 8 + column] = 1;
  return map;
}

describe('PaintedArea', () => {
  it('paints a tile and its band, and looks at the band', () => {
    const area = new PaintedArea(SIZES, mapOf(3, 3));
    expect(area.begin(USUAL).pixels.counts()[2]).toBe(9 * 64);
    expect(area.watched).toHaveLength(8);
  });

  it('paints everything in an unusual pose, and clears what that leaves behind once', () => {
    const area = new PaintedArea(SIZES, mapOf(3, 3));
    expect(area.begin(USUAL).clear).toBe(true);
    expect(area.begin(USUAL).clear).toBe(false);
    const whole = area.begin(UNUSUAL);
    expect([whole.clear, whole.pixels.counts()[2], area.watched]).toEqual([false, 64 * 64, []]);
    expect([area.begin(USUAL).clear, area.begin(USUAL).clear]).toEqual([true, false]);
  });

  it('grows around what stands in the band, and then looks further out', () => {
    const area = new PaintedArea(SIZES, mapOf(3, 3));
    area.begin(USUAL);
    expect(area.grow([{ row: 3, column: 4 }])).toBe(true);
    expect(area.begin(USUAL).pixels.counts()[2]).toBe(12 * 64);
    expect(area.watched).toContainEqual({ row: 3, column: 5 });
    expect(area.watched).not.toContainEqual({ row: 3, column: 4 });
    expect(area.grow([])).toBe(false);
  });

  it('paints everything, and looks at nothing, without a map', () => {
    const area = new PaintedArea(SIZES, null);
    const { pixels, clear } = area.begin(UNUSUAL);
    expect([pixels.counts()[2], clear, area.watched, area.grow([])]).toEqual([64 * 64, false, [], false]);
    expect(area.begin(USUAL).pixels).toBe(pixels);
  });
});
