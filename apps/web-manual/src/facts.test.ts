import { describe, expect, it } from 'vitest';
import { duration, frameTimeFact } from './facts.ts';

describe('frame times', () => {
  it.each([
    [3.25, '3.3 ms'],
    [33.4, '33 ms'],
    [12_345, '12.3 s'],
  ])('writes %f ms as %s', (ms, text) => {
    expect(duration(ms)).toBe(text);
  });

  it('says nothing before the first frame', () => {
    expect(frameTimeFact({ frames: 0, last: null, p50: null, p95: null })).toEqual({ time: '' });
  });
});
