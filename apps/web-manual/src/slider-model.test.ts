import { neutralPose, POSE_SIZE, poseParameter } from '@tha4/core';
import { describe, expect, it } from 'vitest';
import { countMoved, filledShare, formatValue, SLIDER_GROUPS } from './slider-model.ts';

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

describe('filledShare', () => {
  it.each([
    [0, 0, 1, 0, 0],
    [0.25, 0, 1, 0, 0.25],
    [0, -1, 1, 0.5, 0.5],
    [-0.5, -1, 1, 0.25, 0.5],
    [0.5, -1, 1, 0.5, 0.75],
    [3, -1, 1, 0.5, 1],
  ])('fills from zero to %f on a slider from %f to %f', (value, min, max, from, to) => {
    expect(filledShare(value, min, max)).toEqual({ from, to });
  });
});

describe('formatValue', () => {
  it.each([
    [0, '0.00'],
    [0.5, '0.50'],
    [-0.25, '\u22120.25'],
    [-0.001, '0.00'],
  ])('writes %f as %s', (value, text) => {
    expect(formatValue(value)).toBe(text);
  });
});
