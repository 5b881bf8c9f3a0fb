import { describe, expect, it } from 'vitest';
import { CaptureClock } from './capture-clock.ts';
import { FaceLimit } from './face-limit.ts';
import { chooseFace, facePlace } from './followed-face.ts';

describe('CaptureClock', () => {
  it('takes the fastest frame as the measure of all', () => {
    const clock = new CaptureClock();
    expect(clock.capturedAt(1000, 5030)).toBe(5030);
    expect(clock.capturedAt(1033, 5040)).toBe(5040);
    // This one came 20 ms later than the fastest would have.
    expect(clock.capturedAt(1066, 5093)).toBe(5073);
  });

  it('follows a clock that drifts', () => {
    const clock = new CaptureClock();
    let at = 0;
    for (let i = 0; i < 1000; i++) at = clock.capturedAt(i * 33, i * 33.1);
    expect(999 * 33.1 - at).toBeLessThan(2 * 300 * 0.1);
  });
});

describe('FaceLimit', () => {
  it('looks for one face once it is sure, and for two again when nobody is there', () => {
    const limit = new FaceLimit();
    const note = (faces: number, times: number) => Array.from({ length: times }, () => limit.note(faces));
    expect(limit.limit).toBe(2);
    expect(note(1, 19)).not.toContain(true);
    expect(limit.note(2)).toBe(false);
    expect(note(1, 20).at(-1)).toBe(true);
    expect(limit.limit).toBe(1);
    note(0, 19);
    limit.note(1);
    expect(limit.limit).toBe(1);
    expect(note(0, 20).at(-1)).toBe(true);
    expect(limit.limit).toBe(2);
  });
});

describe('chooseFace', () => {
  const face = (x: number, size: number) => [
    { x: x - size / 2, y: 0.5 - size / 2 },
    { x: x + size / 2, y: 0.5 + size / 2 },
  ];

  it('begins with the largest', () => {
    expect(chooseFace([face(0.2, 0.1), face(0.7, 0.4)], null)).toBe(1);
    expect(chooseFace([], null)).toBe(-1);
  });

  it('stays with the one that it followed, however large the other is', () => {
    const last = facePlace(face(0.25, 0.1));
    expect(chooseFace([face(0.7, 0.5), face(0.2, 0.1)], last)).toBe(1);
  });
});
