import { describe, expect, it } from 'vitest';
import { Springs } from './spring.ts';

function after(seconds: number, steps: number): number {
  const springs = new Springs([10]);
  springs.setTarget([1]);
  for (let i = 0; i < steps; i++) springs.step(seconds / steps);
  return springs.values[0]!;
}

describe('springs', () => {
  it('move the same however often they are looked at', () => {
    for (const steps of [3, 30, 60, 144]) expect(after(0.3, steps)).toBeCloseTo(after(0.3, 1), 12);
  });

  it('start softly, do not overshoot, and arrive', () => {
    expect(after(0.01, 1)).toBeLessThan(0.006);
    let last = 0;
    for (let t = 0.05; t < 2; t += 0.05) {
      const now = after(t, 1);
      expect(now).toBeGreaterThanOrEqual(last);
      expect(now).toBeLessThanOrEqual(1);
      last = now;
    }
    expect(after(0.5, 1)).toBeCloseTo(0.96, 2);
    expect(last).toBe(1);
  });

  it('keep their speed where the target changes, and jump when told to', () => {
    const springs = new Springs([10]);
    springs.setTarget([1]);
    springs.step(0.1);
    const before = springs.values[0]!;
    springs.setTarget([0]);
    springs.step(0.005);
    expect(springs.values[0]!).toBeGreaterThan(before);
    springs.setTarget([0.25]);
    springs.jump();
    springs.step(1);
    expect(springs.values[0]).toBe(0.25);
  });
});
