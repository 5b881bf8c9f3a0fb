import { seededRandom } from '@tha4/test-utils';
import { expect, test } from 'vitest';
import { ACTIVE_SETS } from './mouth-active-sets.ts';
import { fitMouth, mouthLoss } from './mouth-fit.ts';

const random = seededRandom(7);
const uniform = () => random() / 2 ** 32;

test('no point of a fine net is better', () => {
  const weights = new Float64Array(4);
  const other = new Float64Array(4);
  for (let i = 0; i < 200; i++) {
    const point = [uniform(), uniform(), uniform(), uniform()];
    const best = mouthLoss(fitMouth(point, weights), point);
    for (const weight of weights) expect(weight >= 0 && weight <= 1).toBe(true);
    let nearest = Number.POSITIVE_INFINITY;
    for (let k = 0; k < 400; k++) {
      const reach = 10 ** (-3 * uniform());
      for (let j = 0; j < 4; j++) other[j] = Math.min(1, Math.max(0, weights[j]! + reach * (2 * uniform() - 1)));
      nearest = Math.min(nearest, mouthLoss(other, point));
    }
    expect(nearest).toBeGreaterThanOrEqual(best - 1e-12);
  }
});

test('a pure shape is itself, and points far outside are answered', () => {
  const fit = (point: number[]) => Array.from(fitMouth(point, new Float64Array(4)), (w) => Math.round(w * 100) / 100);
  expect(fit([0, 0, 0, 0])).toEqual([0, 0, 0, 0]);
  expect(fit([1, 1, 0, 0])).toEqual([1, 0, 0, 0]);
  expect(fit([0, 1, 0, 0])).toEqual([0, 1, 0, 0]);
  expect(fit([9, 9, 9, 9])).toEqual([1, 1, 1, 1]);
  expect(fit([-9, -9, -9, -9])).toEqual([0, 0, 0, 0]);
});

test('all 81 sets are solvable', () => {
  expect(ACTIVE_SETS).toHaveLength(81);
  for (const { stretch, solve } of ACTIVE_SETS) {
    expect(stretch).toBeGreaterThanOrEqual(1);
    expect(solve.every(Number.isFinite)).toBe(true);
  }
});
