import type { RgbaImage } from '@tha4/core';
import { describe, expect, it } from 'vitest';
import { findBackground } from './background.ts';
import { cleanAlpha } from './clean-alpha.ts';
import { findFaceMask, maskCoverage, maskImage } from './face-mask.ts';
import { readGivenMask } from './given-mask.ts';
import { preparePicture } from './prepare-picture.ts';
import { removeBackground } from './remove-background.ts';

type Pixel = readonly [number, number, number, number];

function picture(side: number, pixel: (x: number, y: number) => Pixel): RgbaImage {
  const data = new Uint8Array(side * side * 4);
  for (let i = 0; i < side * side; i++) data.set(pixel(i % side, Math.floor(i / side)), i * 4);
  return { width: side, height: side, data };
}

const inDisc = (x: number, y: number, side: number, share: number) =>
  Math.hypot(x - side / 2, y - side / 2) < side * share;

describe('the background', () => {
  it.each([
    ['transparent', () => [0, 0, 0, 0] as const],
    ['flat', () => [250, 250, 252, 255] as const],
    [
      'checkerboard',
      (x: number, y: number) =>
        ((x >> 3) + (y >> 3)) & 1 ? ([255, 255, 255, 255] as const) : ([204, 204, 204, 255] as const),
    ],
    ['other', (x: number, y: number) => [x * 2, y * 2, 255 - x, 255] as const],
  ])('is told: %s', (kind, back) => {
    const image = picture(96, (x, y) => (inDisc(x, y, 96, 0.3) ? [90, 60, 160, 255] : back(x, y)));
    expect(findBackground(image).kind).toBe(kind);
  });

  it('is removed with a soft edge, and taken out of its colour', () => {
    // Three times as fine and averaged, the disc has true mixtures at its edge.
    const white = 255;
    const image = picture(90, (x, y) => {
      let inside = 0;
      for (const u of [-0.33, 0, 0.33]) for (const v of [-0.33, 0, 0.33]) if (inDisc(x + u, y + v, 90, 0.3)) inside++;
      const mix = (own: number) => {
        const linear = (byte: number) => (byte / 255) ** 2.2;
        return Math.round(255 * ((inside / 9) * linear(own) + (1 - inside / 9) * linear(white)) ** (1 / 2.2));
      };
      return [mix(90), mix(60), mix(160), 255];
    });
    const background = findBackground(image);
    if (background.kind !== 'flat') throw new Error('expected a flat background');
    const { data } = removeBackground(image, background.colour).image;
    let soft = 0;
    for (let i = 0; i < data.length; i += 4) {
      const alpha = data[i + 3]!;
      if (alpha > 100 && alpha < 255) {
        soft++;
        expect(data[i]!).toBeLessThan(130); // the white is gone: 90 is the disc's own red
      }
    }
    expect(soft).toBeGreaterThan(30);
    expect([...data.subarray(0, 4)]).toEqual([0, 0, 0, 0]);
    expect(data[(45 * 90 + 45) * 4 + 3]).toBe(255);
  });
});

describe('cleanAlpha', () => {
  it('erases haze, specks and hidden colours, and keeps the figure', () => {
    const image = picture(64, (x, y) => {
      if (inDisc(x, y, 64, 0.25)) return [200, 100, 50, 255];
      if (x < 3 && y < 3) return [1, 2, 3, 255];
      return [9, 9, 9, y > 60 ? 3 : 0];
    });
    const { image: clean, strays } = cleanAlpha(image, true);
    expect(strays).toEqual({ haze: 192, specks: 9 });
    expect([...clean.data.subarray(0, 4)]).toEqual([0, 0, 0, 0]);
    expect(clean.data.at(-1)).toBe(0);
    expect([...clean.data.subarray((32 * 64 + 32) * 4, (32 * 64 + 33) * 4)]).toEqual([200, 100, 50, 255]);
    expect(cleanAlpha(image, false).image).toBe(image);
  });
});

describe('masks', () => {
  it('are strict, inside the face crop, and cover less than 60 % where there is nothing to see', () => {
    const mask = findFaceMask(picture(512, () => [0, 0, 0, 0]));
    const { data } = maskImage(mask);
    for (let i = 0; i < 512 * 512; i++) {
      const [x, y] = [i % 512, i >> 9];
      const outside = x < 192 || x >= 320 || y < 80 || y >= 208;
      if (data[i * 4] !== 0) expect([data[i * 4], outside]).toEqual([255, false]);
    }
    expect(maskCoverage(mask)).toBeGreaterThan(0.3);
    expect(maskCoverage(mask)).toBeLessThan(0.6);
  });

  it('that are given are made strict, aloud', () => {
    const soft = picture(512, (x, y) =>
      x === 250 && y === 150 ? [130, 130, 130, 255] : x === 10 ? [255, 255, 255, 255] : [90, 90, 90, 255],
    );
    const { mask, done } = readGivenMask(soft);
    expect(done).toHaveLength(2);
    expect(maskImage(mask).data.filter((value) => value !== 0 && value !== 255)).toHaveLength(0);
    expect(maskCoverage(mask)).toBeCloseTo(1 / 128 ** 2, 9);
    expect(() => readGivenMask(picture(512, () => [0, 0, 0, 255]))).toThrow(/got none; paint/);
    expect(() => readGivenMask(picture(64, () => [255, 255, 255, 255]))).toThrow(/got 64x64/);
  });
});

describe('preparePicture', () => {
  it('refuses what cannot hold a figure, and says that an empty picture is empty', () => {
    expect(() => preparePicture(picture(1, () => [0, 0, 0, 255]))).toThrow(/expected at least 64x64 pixels, got 1x1/);
    const { report } = preparePicture(picture(128, () => [5, 5, 5, 0]));
    expect([report.ok, report.findings[0]!.text]).toEqual([false, expect.stringMatching(/all of it is transparent/)]);
  });
});
