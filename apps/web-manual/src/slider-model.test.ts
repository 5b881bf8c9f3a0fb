import { neutralPose, POSE_SIZE, poseParameter } from '@tha4/core';
import { describe, expect, it } from 'vitest';
import { countMoved, SLIDER_GROUPS } from './slider-model.ts';

describe('SLIDER_GROUPS', () => {
  it('holds each parameter once, left before right', () => {
    const parameters = SLIDER_GROUPS.flatMap(({ rows }) => rows).flatMap((row) => row.parameters);
    expect(new Set(parameters.map(({ index }) => index)).size).toBe(POSE_SIZE);
    expect(parameters).toHaveLength(POSE_SIZE);
    const pairs = SLIDER_GROUPS.flatMap(({ rows }) => rows).filter((row) => row.parameters.length > 1);
    expect(pairs).toHaveLength(15);
    for (const { parameters } of pairs) expect(parameters.map(({ side }) => side)).toEqual(['left', 'right']);
  });

  it('counts what is away from zero', () => {
    const pose = neutralPose();
    pose[poseParameter('eye_wink_left')!.index] = 1;
    const moved = SLIDER_GROUPS.map((group) => [group.group, countMoved(group, pose)] as const);
    expect(moved.filter(([, count]) => count > 0)).toEqual([['eye', 1]]);
  });
});
