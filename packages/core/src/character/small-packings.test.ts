import { describe, expect, it } from 'vitest';
import { STUDENT } from '../models/student.ts';
import { mixedPackings, trialPackings } from './small-packings.ts';

const LAST = 'body_morpher.last_linear.weight';
const EARLY = 'body_morpher.siren_layers.0.1.linear.weight';

describe('packings of mixed widths', () => {
  it('are tried one layer at a time', () => {
    const trials = trialPackings(STUDENT);
    expect(trials.size).toBe(19);
    for (const [key, widths] of trials) expect([...widths]).toEqual([[key, 8]]);
  });

  it('give a bit more to a layer that costs four times as much, and grow', () => {
    const keys = [...trialPackings(STUDENT).keys()];
    const errors = new Map(keys.map((key) => [key, key === LAST ? 1e-3 : 1e-5]));
    const dearer = new Map(errors).set(EARLY, 4e-5);
    const [a, b] = [errors, dearer].map((map) => mixedPackings(STUDENT, map));
    const lead = (packings: typeof a, i: number) => packings![i]!.get(EARLY)! - packings![i]!.get(keys[3]!)!;
    const mean = (packings: typeof a) => packings!.reduce((sum, _, i) => sum + lead(packings, i), 0) / packings!.length;
    // Widths at either end of the range cannot move.
    expect(mean(b) - mean(a)).toBeGreaterThan(0.8);
    expect(mean(b) - mean(a)).toBeLessThan(1.1);
    const totals = a!.map((packing) => [...packing.values()].reduce((sum, bits) => sum + bits, 0));
    expect([...totals].sort((x, y) => x - y)).toEqual(totals);
    for (const packing of a!) {
      expect(packing.get(LAST)!).toBeGreaterThan(packing.get(EARLY)!);
      expect(packing.size).toBe(19);
    }
  });

  it('take a layer that changes nothing for one that changes little', () => {
    const widths = mixedPackings(STUDENT, new Map()).flatMap((packing) => [...packing.values()]);
    expect(widths.every((bits) => Number.isInteger(bits) && bits >= 4 && bits <= 16)).toBe(true);
  });
});
