import { readFile } from 'node:fs/promises';
import { decode } from 'fast-png';
import { beforeAll, describe, expect, it } from 'vitest';
import { drawCharacter } from './drawing/character.ts';
import { countFigures } from './figures.ts';
import { drawMask } from './mask.ts';
import { rasterize } from './rasterize.ts';

const SIZE = 512;
const read = (name: string) => readFile(new URL(`../${name}`, import.meta.url));

describe('the committed picture', () => {
  let data: Uint8Array;
  const alphaAt = (x: number, y: number) => data[(y * SIZE + x) * 4 + 3]!;

  beforeAll(async () => {
    const png = decode(await read('character.png'));
    expect([png.width, png.height, png.channels, png.depth]).toEqual([SIZE, SIZE, 4, 8]);
    data = Uint8Array.from(png.data);
  });

  it('is what the committed SVG renders to', async () => {
    const svg = await read('character.svg');
    expect(largestDifference(data, rasterize(svg.toString()))).toBeLessThanOrEqual(2);
  });

  it('is what the program draws', () => {
    // By pixels: the last digit of a sine may depend on the engine.
    expect(largestDifference(data, rasterize(drawCharacter()))).toBeLessThanOrEqual(2);
  });

  it('differs from a drawing in another colour', () => {
    const other = drawCharacter().replaceAll('#ff6c6c', '#6cff6c');
    expect(largestDifference(data, rasterize(other))).toBeGreaterThan(40);
  });

  it('has no colour where it is transparent', () => {
    const stray = data.findIndex((value, i) => value > 0 && data[i | 3] === 0);
    expect(stray).toBe(-1);
  });

  it('touches only the lower edge', () => {
    const rim = Array.from({ length: SIZE }, (_, i) => [alphaAt(i, 0), alphaAt(0, i), alphaAt(SIZE - 1, i)]).flat();
    expect(Math.max(...rim)).toBe(0);
    expect(alphaAt(230, SIZE - 1)).toBe(255);
  });

  it('shows one figure', () => {
    expect(countFigures(data, SIZE)).toBe(1);
    const dotted = data.slice();
    dotted[(20 * SIZE + 20) * 4 + 3] = 1;
    expect(countFigures(dotted, SIZE)).toBe(2);
  });

  it('has its head in the box of rows 64-192, columns 192-320, a little hair aside', () => {
    const columns = (y: number) => Array.from({ length: SIZE }, (_, x) => x).filter((x) => alphaAt(x, y) > 127);
    for (const y of [100, 128, 160]) {
      expect(columns(y)[0]).toBeGreaterThanOrEqual(186);
      expect(columns(y).at(-1)).toBeLessThanOrEqual(326);
    }
    const crown = Array.from({ length: SIZE }, (_, y) => y).find((y) => columns(y).length > 30);
    expect(crown).toBeGreaterThanOrEqual(60);
    expect(crown).toBeLessThanOrEqual(72);
  });
});

describe('the committed face mask', () => {
  it('is strictly black and white, and inside the face crop', async () => {
    const png = decode(await read('face_mask.png'));
    expect([png.width, png.height, png.channels, png.depth]).toEqual([SIZE, SIZE, 3, 8]);
    const mask = Uint8Array.from(png.data);
    expect(Buffer.compare(mask, drawMask())).toBe(0);
    expect([...new Set(mask)].sort()).toEqual([0, 255]);
    const outside = mask.findIndex((value, i) => value > 0 && !inFaceCrop(Math.floor(i / 3)));
    expect(outside).toBe(-1);
  });
});

function inFaceCrop(pixel: number): boolean {
  const x = pixel % SIZE;
  const y = Math.floor(pixel / SIZE);
  return y >= 80 && y < 208 && x >= 192 && x < 320;
}

function largestDifference(a: Uint8Array, b: Uint8Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((worst, value, i) => Math.max(worst, Math.abs(value - b[i]!)), 0);
}
