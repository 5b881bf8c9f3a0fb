import { describe, expect, it } from 'vitest';
import { at, closed, knots, mirrored, open, pathData } from './spline.ts';

describe('spline', () => {
  it('runs through its points', () => {
    const curve = open('10 10, 40 20*, 60 80, 90 85');
    expect(curve.map(({ p0 }) => p0)).toEqual([
      [10, 10],
      [40, 20],
      [60, 80],
    ]);
    expect(at(curve[1]!, 1).point).toEqual([60, 80]);
  });

  it('keeps its direction at a smooth point and may turn at a corner', () => {
    const turn = (text: string) => {
      const [first, second] = open(text);
      const a = at(first!, 1).tangent;
      const b = at(second!, 0).tangent;
      return a[0] * b[0] + a[1] * b[1];
    };
    expect(turn('0 0, 50 0, 50 50')).toBeCloseTo(1, 6);
    expect(turn('0 0, 50 0*, 50 50')).toBeCloseTo(0, 6);
  });

  it('mirrors at the axis and back', () => {
    expect(mirrored('200 10*, 256 20')).toBe('312 10*, 256 20');
    expect(mirrored(mirrored('1.25 7, 300.5 9*'))).toBe('1.25 7, 300.5 9*');
  });

  it('closes to where it began', () => {
    const curve = closed('0 0, 10 0, 10 10');
    expect(curve.at(-1)!.p3).toEqual([0, 0]);
    expect(pathData(curve, true)).toMatch(/^M0,0C.*Z$/);
  });

  it('names a point it cannot read', () => {
    expect(() => knots('1 2, 3')).toThrow(/expected "x y".*got " 3"/);
  });
});
