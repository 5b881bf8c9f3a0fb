import { describe, expect, it } from 'vitest';
import { median, p95 } from './statistics.ts';

describe('statistics', () => {
  it('takes the middle by size, not by text or place', () => {
    expect(median([100, 9, 20])).toBe(20);
    expect(median([4, 100, 9, 20])).toBe(14.5);
    expect(median([7])).toBe(7);
  });

  it('takes the nearest rank of 95 %', () => {
    const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);
    expect(p95(hundred)).toBe(95);
    expect(p95(hundred.slice(0, 20))).toBe(99);
    expect(p95([3, 1, 2])).toBe(3);
  });

  it('refuses no numbers, and what is no number', () => {
    expect(() => median([])).toThrow(/at least one/);
    expect(() => p95([1, Number.NaN])).toThrow(/finite/);
  });

  it('leaves its input as it is', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
});
