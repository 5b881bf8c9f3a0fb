import { seededRandom } from '@tha4/test-utils';
import { expect, test } from 'vitest';
import { OneEuro, type OneEuroSettings } from './one-euro.ts';

const settings: OneEuroSettings = { minCutoff: 2, beta: 1, speedCutoff: 2 };

/** The filtered values of `signal(seconds)` at whole 15ths of a second, sampled `rate` times a second. */
function filtered(signal: (seconds: number) => number, rate: number, seconds = 4, amount = 1): number[] {
  const filter = new OneEuro([settings]);
  const seen: number[] = [];
  for (let i = 0; i <= seconds * rate; i++) {
    filter.update((i * 1000) / rate, [signal(i / rate)], [amount]);
    if (i % (rate / 15) === 0) seen.push(filter.value[0]!);
  }
  return seen;
}

test('15, 30, 60 and 120 samples a second give the same curve', () => {
  const sway = (seconds: number) => Math.sin(2 * Math.PI * 0.5 * seconds);
  const reference = filtered(sway, 120);
  for (const rate of [15, 30, 60]) {
    const off = filtered(sway, rate).map((value, i) => Math.abs(value - reference[i]!));
    // The cutoff moves in steps of the sample time; that is all that is left of the rate.
    expect(Math.max(...off)).toBeLessThan(0.02);
  }
});

test('a resting value is calmed, a fast one is kept', () => {
  const random = seededRandom(3);
  const noise = filtered(() => 0.02 * (random() / 2 ** 31 - 1), 60);
  const spread = Math.sqrt(noise.reduce((sum, value) => sum + value * value, 0) / noise.length);
  expect(spread).toBeLessThan(0.02 / Math.sqrt(3) / 2);
  const step = filtered((seconds) => (seconds < 1 ? 0 : 1), 60);
  expect(step.at(-1)).toBeCloseTo(1, 3);
  expect(step[16]).toBeGreaterThan(0.6);
});

test('amount 0 does not filter; a reset forgets', () => {
  const plain = filtered(Math.sin, 15, 4, 0);
  for (const [i, value] of plain.entries()) expect(value).toBeCloseTo(Math.sin(i / 15), 12);
  const filter = new OneEuro([settings]);
  filter.update(0, [1], [1]);
  filter.update(10, [5], [1]);
  expect(filter.value[0]).toBeLessThan(4);
  filter.reset();
  filter.update(20, [5], [1]);
  expect(filter.value[0]).toBe(5);
});
