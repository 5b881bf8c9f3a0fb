import { describe, expect, test } from 'vitest';
import { QUIET } from '../../test/quiet.ts';
import { sampleOf } from '../../test/samples.ts';
import { POSE } from '../pose/names.ts';
import { createPoseDriver } from './pose-driver.ts';

describe('settings', () => {
  test('act at once, and sensitivity scales its part only', () => {
    const driver = createPoseDriver({ settings: QUIET });
    for (let i = 0; i < 40; i++) {
      driver.observe(sampleOf(i * 33, { browOuterUpLeft: 0.4 }, { rotation: { pitch: 0, yaw: 0.05, roll: 0 } }));
      driver.pose(i * 33);
    }
    const before = driver.pose(1400).slice();
    driver.configure({ sensitivity: { head: 2 } });
    driver.pose(1401);
    const after = driver.pose(2100);
    expect(after[POSE.head_y]! / before[POSE.head_y]!).toBeCloseTo(2, 1);
    expect(after[POSE.eyebrow_raised_left]).toBeCloseTo(before[POSE.eyebrow_raised_left]!, 3);
  });

  test('look straight makes the present pose the neutral one', () => {
    const driver = createPoseDriver({ settings: QUIET });
    expect(driver.lookStraight()).toBe(false);
    const look = { eyeLookDownLeft: 0.3, eyeLookDownRight: 0.3, eyeLookOutLeft: 0.2, eyeLookInRight: 0.2 };
    const show = (from: number) => {
      for (let i = from; i < from + 40; i++) {
        driver.observe(sampleOf(i * 33, look, { rotation: { pitch: 0.1, yaw: -0.05, roll: 0.07 } }));
        driver.pose(i * 33);
      }
      return driver.pose((from + 40) * 33);
    };
    expect(Math.abs(show(0)[POSE.head_x]!)).toBeGreaterThan(0.3);
    expect(driver.lookStraight()).toBe(true);
    const straight = show(50);
    for (const name of ['head_x', 'head_y', 'neck_z', 'iris_rotation_x', 'iris_rotation_y'] as const) {
      expect(straight[POSE[name]]).toBeCloseTo(0, 4);
    }
  });
});
