import { STUDENT } from '@tha4/core';
import { expect, test } from 'vitest';
import { countCosts } from './costs.ts';

test('a student costs what its layers multiply', () => {
  const { exact, kept, half, refinedPercent } = countCosts(STUDENT);
  // Per pixel of the last level: two layers of 90 x 90, and 90 x 7.
  const lastPixel = 2 * (2 * 90 * 90 + 90 * 7);
  const face = 2 * 128 ** 2 * (2 * 128 + 7 * 128 * 128 + 128 * 4);
  expect(kept * 1e9).toBeCloseTo(face, 0);
  expect((exact - half) * 1e9).toBeCloseTo(lastPixel * (512 ** 2 - 258 ** 2), 0);
  expect(refinedPercent * 1e9).toBeCloseTo((lastPixel * 512 ** 2) / 100, 0);
});
