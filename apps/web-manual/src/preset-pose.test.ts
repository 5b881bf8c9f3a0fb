import { neutralPose, poseParameter } from '@tha4/core';
import { describe, expect, it } from 'vitest';
import { withPreset } from './preset-pose.ts';

const at = (pose: Float32Array, name: string): number => pose[poseParameter(name)!.index]!;

function turned(): Float32Array {
  const pose = neutralPose();
  for (const name of ['head_y', 'eyebrow_angry_left', 'mouth_smirk']) pose[poseParameter(name)!.index] = 0.5;
  return pose;
}

describe('withPreset', () => {
  it('changes the face and leaves the head where it is', () => {
    const pose = withPreset(turned(), 'smile');
    expect(at(pose, 'head_y')).toBe(0.5);
    expect(at(pose, 'eyebrow_angry_left')).toBe(0);
    expect(at(pose, 'eye_happy_wink_right')).toBe(1);
  });

  it('changes only the mouth for a vowel', () => {
    const pose = withPreset(turned(), 'iii');
    expect(at(pose, 'eyebrow_angry_left')).toBe(0.5);
    expect([at(pose, 'mouth_smirk'), at(pose, 'mouth_iii')]).toEqual([0, 1]);
  });
});
