import { smallCharacter } from '@tha4/page/testing';
import type { PlayerStats } from '@tha4/student';
import { describe, expect, it } from 'vitest';
import { characterFacts, duration, paceWords, statsFacts } from './facts.ts';

const STATS: PlayerStats = {
  ...{ frames: 9, last: 12, p50: 11, p95: 20, quality: 'exact', fps: 29.4 },
  cacheHitRate: null,
  pace: 'steady',
};

describe('frame times', () => {
  it.each([
    [3.25, '3.3 ms'],
    [33.4, '33 ms'],
    [12_345, '12.3 s'],
  ])('writes %f ms as %s', (ms, text) => {
    expect(duration(ms)).toBe(text);
  });

  it('says nothing before the first frame', () => {
    const nothing: PlayerStats = { ...STATS, frames: 0, last: null, p50: null, p95: null, quality: null, fps: null };
    expect(statsFacts(nothing)).toEqual({ time: '', speed: '' });
    expect(paceWords(nothing)).toBe('');
  });

  it('says how it goes, and what the picture is', () => {
    expect(statsFacts(STATS)).toEqual({
      time: '12 ms last, 11 ms median, 20 ms at the 95th percentile; 29 frames a second',
      speed: 'exact',
    });
    expect(paceWords(STATS)).toBe('12 ms');
    const cheap = { ...STATS, quality: 'half', pace: 'busy', fps: 7.25, cacheHitRate: 0.5 } as const;
    expect(statsFacts(cheap).time).toContain('7.3 frames a second; 50 % of the frames from the cache');
    expect(statsFacts(cheap).speed).toBe('the body at half the resolution; fewer frames, since the device is busy');
    expect(paceWords(cheap)).toBe('12 ms · fastest');
  });
});

describe('characterFacts', () => {
  it('says what a character is and what may be done with it, and leaves out what it does not know', () => {
    const facts = characterFacts(smallCharacter('Disc'));
    expect(facts.size).toMatch(/^64 × 64 px, [\d,]+ weights \([\d.]+ kB\)$/);
    expect(facts).toMatchObject({ licence: 'CC0', teacher: 'nobody', picture: '', form: '', quality: '' });
  });
});
