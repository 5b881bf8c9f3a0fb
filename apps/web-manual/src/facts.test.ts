import { describe, expect, it } from 'vitest';
import { smallCharacter } from '../test/small-character.ts';
import { characterFacts, duration, frameTimeFact } from './facts.ts';

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

describe('characterFacts', () => {
  it('says what a character is and what may be done with it, and leaves out what it does not know', () => {
    const facts = characterFacts(smallCharacter('Disc'));
    expect(facts.size).toMatch(/^64 × 64 px, [\d,]+ weights \([\d.]+ kB\)$/);
    expect(facts).toMatchObject({ licence: 'CC0', teacher: 'nobody', picture: '', form: '', quality: '' });
  });
});
