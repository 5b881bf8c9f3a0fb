import { describe, expect, it } from 'vitest';
import { filledShare, formatValue } from './slider-values.ts';

describe('filledShare', () => {
  it.each([
    [0, 0, 1, 0, 0],
    [0.25, 0, 1, 0, 0.25],
    [0, -1, 1, 0.5, 0.5],
    [-0.5, -1, 1, 0.25, 0.5],
    [0.5, -1, 1, 0.5, 0.75],
    [3, -1, 1, 0.5, 1],
  ])('fills from zero to %f on a slider from %f to %f', (value, min, max, from, to) => {
    expect(filledShare(value, min, max)).toEqual({ from, to });
  });
});

describe('formatValue', () => {
  it.each([
    [0, '0.00'],
    [0.5, '0.50'],
    [-0.25, '\u22120.25'],
    [-0.001, '0.00'],
  ])('writes %f as %s', (value, text) => {
    expect(formatValue(value)).toBe(text);
  });
});
