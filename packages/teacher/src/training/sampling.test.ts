import { assertClose, hashUniform } from '@tha4/test-utils';
import { expect, test } from 'vitest';
import { coverage, drawPlace, patchChances, sumOf } from './body/body-sampling.ts';
import { cellImportance } from './body/cell-importance.ts';
import { drawPixels, pixelChances } from './face/face-sampling.ts';
import { SeededRandom } from './network/random.ts';

const SIZE = 8;
const CELLS = 4;
const STRIDE = 4;
const IMPORTANCE = Float32Array.from(hashUniform('importance', SIZE * SIZE), (value) => 1.1 + value);

test('the patches over a pixel are those whose places add up to its coverage', () => {
  const chances = patchChances(IMPORTANCE, SIZE, CELLS);
  const { height, width } = chances;
  const total = sumOf(chances, 0, 0, height, width);
  const expected: number[] = [];
  const actual: number[] = [];
  for (let y = 0; y < SIZE * STRIDE; y++) {
    for (let x = 0; x < SIZE * STRIDE; x++) {
      let sum = 0;
      for (let u = 0; u < height; u++) {
        for (let v = 0; v < width; v++) {
          // A patch begins one pixel before its second cell, and is 4 (4 - 2) + 2 pixels wide.
          const inside = (pixel: number, place: number): boolean => pixel >= 4 * place - 1 && pixel < 4 * place + 9;
          if (inside(y, u) && inside(x, v)) sum += sumOf(chances, u, v, u + 1, v + 1) / total;
        }
      }
      expected.push(sum);
      actual.push(coverage(chances, y, x, STRIDE, CELLS));
    }
  }
  assertClose(actual, expected, { atol: 1e-12 });
  expect(Math.min(...actual)).toBeGreaterThan(0);
});

test('a window of a frame is learned from a cell within its border, and nothing else of the frame is', () => {
  const size = SIZE * STRIDE;
  const window = { top: 4, left: 8, height: 20, width: 16 };
  const image = Float32Array.from(hashUniform('image', size * size * 4));
  const posed = Float32Array.from(hashUniform('posed', window.height * window.width * 4));
  const face = { top: 0, left: 0, height: 16, width: 16 };
  const shares = { painted: 0.3, moving: 0.3, face: 0.2 };
  const importance = cellImportance(posed, image, size, SIZE, face, shares, window);
  importance.forEach((value, cell) => {
    const [row, column] = [Math.floor(cell / SIZE), cell % SIZE];
    const isInside = row >= 2 && row < 5 && column >= 3 && column < 5;
    expect(value > 0).toBe(isInside);
  });
  expect(importance.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
  // Every patch that may be drawn lies in the window.
  const chances = patchChances(importance, SIZE, 2);
  for (let u = 0; u < chances.height; u++) {
    for (let v = 0; v < chances.width; v++) {
      if (sumOf(chances, u, v, u + 1, v + 1) < 1e-9) continue;
      expect(u * STRIDE - 1).toBeGreaterThanOrEqual(window.top);
      expect(u * STRIDE + 1).toBeLessThanOrEqual(window.top + window.height);
      expect(v * STRIDE - 1).toBeGreaterThanOrEqual(window.left);
      expect(v * STRIDE + 1).toBeLessThanOrEqual(window.left + window.width);
    }
  }
});

test('places are drawn by their chances', () => {
  const chances = patchChances(IMPORTANCE, SIZE, CELLS);
  const { height, width } = chances;
  const total = sumOf(chances, 0, 0, height, width);
  const random = new SeededRandom(2);
  const counts = new Float64Array(height * width);
  const draws = 60_000;
  for (let i = 0; i < draws; i++) {
    const [u, v] = drawPlace(chances, random);
    counts[u * width + v]! += 1 / draws;
  }
  const expected = counts.map((_, i) => {
    const [u, v] = [Math.floor(i / width), i % width];
    return sumOf(chances, u, v, u + 1, v + 1) / total;
  });
  // Five standard deviations of the most likely place.
  assertClose(counts, expected, { atol: 5 * Math.sqrt(Math.max(...expected) / draws) });
});

test('pixels that count by the inverse of their chances make the mean over all pixels', () => {
  const n = 64;
  const mask = new Float32Array(n).map((_, i) => (i < 10 ? 1 : 0));
  const moving = Float32Array.from(hashUniform('moving', n), Math.abs);
  const sums = pixelChances(mask, moving, { masked: 0.4, moving: 0.3 });
  expect(sums[n]).toBeCloseTo(1, 12);
  const values = hashUniform('values', n);
  const random = new SeededRandom(3);
  const drawn = new Uint32Array(32);
  let mean = 0;
  const rounds = 4000;
  for (let round = 0; round < rounds; round++) {
    drawPixels(sums, random, drawn);
    for (const pixel of drawn) mean += values[pixel]! / (sums[pixel + 1]! - sums[pixel]!) / n / (rounds * drawn.length);
  }
  expect(mean).toBeCloseTo(values.reduce((a, b) => a + b, 0) / n, 2);
});

test('what cannot be drawn by mask or motion is drawn evenly', () => {
  const nothing = new Float32Array(4);
  expect([...pixelChances(nothing, nothing, { masked: 0.5, moving: 0.5 })]).toEqual([0, 0.25, 0.5, 0.75, 1]);
});
