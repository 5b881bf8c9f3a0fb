import { neutralPose, poseParameter } from '@tha4/core';
import { describe, expect, it } from 'vitest';
import { draggedHead } from './head-drag.ts';

const at = (pose: Float32Array, name: string): number => pose[poseParameter(name)!.index]!;

describe('draggedHead', () => {
  it('turns the face the way the hand goes', () => {
    const pose = draggedHead(neutralPose(), 0.1, 0.2);
    expect(at(pose, 'head_y')).toBeCloseTo(-0.25);
    expect(at(pose, 'head_x')).toBeCloseTo(-0.5);
  });

  it('goes on from where the head was, stops at the limits, and leaves the start alone', () => {
    const start = neutralPose();
    start[poseParameter('head_y')!.index] = 0.5;
    start[poseParameter('mouth_aaa')!.index] = 1;
    const pose = draggedHead(start, -0.9, 0);
    expect(at(pose, 'head_y')).toBe(1);
    expect(at(pose, 'head_x')).toBeCloseTo(0);
    expect(at(pose, 'mouth_aaa')).toBe(1);
    expect(at(start, 'head_y')).toBe(0.5);
  });
});
