import { describe, expect, it } from 'vitest';
import { addWork, NO_WORK, progressAt, type Segment, scaleWork, ticksOf, workLeft, workOfTick } from './schedule.ts';

const SEGMENT: Segment = { from: 0.25, to: 1, frames: 7, faceSteps: 30, bodySteps: 11 };

describe('a segment', () => {
  it('spreads its work over its ticks, at most one of each kind a tick', () => {
    let sum = NO_WORK;
    for (let tick = 0; tick < ticksOf(SEGMENT); tick++) {
      const work = workOfTick(SEGMENT, tick);
      expect(Math.max(...Object.values(work))).toBeLessThanOrEqual(1);
      expect(addWork(sum, workLeft(SEGMENT, tick))).toEqual({ frames: 7, faceSteps: 30, bodySteps: 11 });
      sum = addWork(sum, work);
    }
    expect(sum).toEqual({ frames: 7, faceSteps: 30, bodySteps: 11 });
  });

  it('goes evenly from its first progress to its last', () => {
    expect(progressAt(SEGMENT, 0)).toBe(0.25);
    expect(progressAt(SEGMENT, 10)).toBeCloseTo(0.5, 12);
    expect(progressAt(SEGMENT, ticksOf(SEGMENT))).toBe(1);
  });

  it('scales in whole numbers, and keeps an update of each network', () => {
    expect(scaleWork(SEGMENT, 2)).toEqual({ frames: 14, faceSteps: 60, bodySteps: 22 });
    expect(scaleWork(SEGMENT, 0)).toEqual({ frames: 0, faceSteps: 1, bodySteps: 1 });
  });
});
