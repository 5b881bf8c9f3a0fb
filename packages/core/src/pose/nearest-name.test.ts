import { expect, it } from 'vitest';
import { nearestName } from './nearest-name.ts';

it('finds the nearest name by letters inserted, removed and changed', () => {
  const known = ['smile', 'surprised', 'sad', 'wink'];
  expect(nearestName('smiel', known)).toBe('smile');
  expect(nearestName('suprised', known)).toBe('surprised');
  expect(nearestName('winks', known)).toBe('wink');
  expect(nearestName('qqqqqqqq', known)).toBeNull();
  expect(nearestName('', known)).toBeNull();
  expect(nearestName('s'.repeat(1e6), known)).toBeNull();
});
