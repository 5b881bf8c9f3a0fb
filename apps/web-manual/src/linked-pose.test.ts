import { neutralPose, poseParameter } from '@tha4/core';
import { describe, expect, it } from 'vitest';
import { evened, isUneven, withRow, withSide } from './linked-pose.ts';
import { SLIDER_GROUPS, type SliderRow } from './slider-model.ts';

const row = (base: string): SliderRow =>
  SLIDER_GROUPS.flatMap(({ rows }) => rows).find((candidate) => candidate.base === base)!;
const at = (pose: Float32Array, name: string): number => pose[poseParameter(name)!.index]!;

describe('linked sides', () => {
  it('move together', () => {
    const pose = withSide(neutralPose(), row('eye_wink'), 0, 0.5, true);
    expect([at(pose, 'eye_wink_left'), at(pose, 'eye_wink_right')]).toEqual([0.5, 0.5]);
    expect(isUneven(pose, row('eye_wink'))).toBe(false);
  });

  it('move alone when apart', () => {
    const before = withRow(neutralPose(), row('eye_wink'), 0.25, 0.75);
    const pose = withSide(before, row('eye_wink'), 1, 0.5, false);
    expect([at(pose, 'eye_wink_left'), at(pose, 'eye_wink_right')]).toEqual([0.25, 0.5]);
    expect(isUneven(pose, row('eye_wink'))).toBe(true);
    expect(at(before, 'eye_wink_right')).toBe(0.75);
  });

  it('stay within their range', () => {
    expect(at(withRow(neutralPose(), row('mouth_aaa'), -1), 'mouth_aaa')).toBe(0);
    expect(at(withRow(neutralPose(), row('head_y'), -3), 'head_y')).toBe(-1);
  });

  it('become even by taking the left value', () => {
    const pose = evened(withRow(neutralPose(), row('iris_small'), 0.25, 0.75));
    expect([at(pose, 'iris_small_left'), at(pose, 'iris_small_right')]).toEqual([0.25, 0.25]);
  });
});
