import { describe, expect, it } from 'vitest';
import { FrameTimes } from './frame-times.ts';

describe('FrameTimes', () => {
  it('knows nothing before the first frame', () => {
    expect(new FrameTimes().summary()).toEqual({ frames: 0, last: null, p50: null, p95: null });
  });

  it('gives the nearest-rank percentiles of the last 120 frames', () => {
    const times = new FrameTimes();
    times.add(9999);
    for (let ms = 1; ms <= 120; ms++) times.add(ms);
    expect(times.summary()).toEqual({ frames: 121, last: 120, p50: 60, p95: 114 });
  });
});
