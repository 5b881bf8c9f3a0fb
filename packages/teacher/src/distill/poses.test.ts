import { fromFloat32, POSE_PARAMETERS, POSE_SIZE, writePt } from '@tha4/core';
import { describe, expect, it } from 'vitest';
import { heldOutPoses, parameterPoses } from './held-out-poses.ts';
import { listedPoses, readPoseList, sampledPoses } from './training-poses.ts';

const key = (pose: Float32Array): string => pose.join();

describe('training poses', () => {
  it('are the same for the same number, in any order, and others for another seed', () => {
    const stream = sampledPoses(3);
    const forwards = Array.from({ length: 20 }, (_, i) => stream(i));
    const backwards = Array.from({ length: 20 }, (_, i) => sampledPoses(3)(19 - i)).reverse();
    expect(backwards).toEqual(forwards);
    expect(new Set(forwards.map(key)).size).toBe(20);
    expect(key(sampledPoses(4)(0))).not.toBe(key(forwards[0]!));
  });

  it('fill their ranges evenly: neighbours in number are no neighbours', () => {
    const headY = POSE_PARAMETERS.find(({ name }) => name === 'head_y')!.index;
    const values = Array.from({ length: 2000 }, (_, i) => sampledPoses(0)(i)[headY]!);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const product = values.slice(1).reduce((sum, value, i) => sum + value * values[i]!, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.05);
    expect(Math.abs(product)).toBeLessThan(0.03);
    expect(values.filter((value) => value > 0.9).length).toBeGreaterThan(60);
  });

  it('of a list come each once an epoch, in an order of its own', () => {
    const list = Float32Array.from({ length: 10 * POSE_SIZE }, (_, i) => Math.floor(i / POSE_SIZE));
    const stream = listedPoses(list, 1);
    const epoch = (first: number) => Array.from({ length: 10 }, (_, i) => stream(first + i)[0]!);
    const [one, two] = [epoch(0), epoch(10)];
    expect([...one].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect([...two].sort()).toEqual([...one].sort());
    expect(two).not.toEqual(one);
    expect(epoch(0)).toEqual(one);
  });

  it('are read from a .pt', () => {
    const data = Float32Array.from({ length: 3 * POSE_SIZE }, (_, i) => (i % 10) / 10);
    const file = writePt(new Map([['poses', fromFloat32(data, [3, POSE_SIZE], 'F32')]]));
    expect(readPoseList(file, 'x.pt')).toEqual(data);
    const bad = writePt(new Map([['poses', fromFloat32(data, [POSE_SIZE, 3], 'F32')]]));
    expect(() => readPoseList(bad, 'x.pt')).toThrow(/x\.pt: expected a tensor of poses \[count, 45\], got \[45, 3\]/);
  });
});

describe('held-out poses', () => {
  it('are none of the training poses', () => {
    const trained = new Set(
      [0, 4].flatMap((seed) => Array.from({ length: 500 }, (_, i) => key(sampledPoses(seed)(i)))),
    );
    expect(heldOutPoses(16).some(({ pose }) => trained.has(key(pose)))).toBe(false);
  });

  it('move each of the 30 parameters alone, both sides at once', () => {
    const poses = parameterPoses();
    expect(poses).toHaveLength(30);
    for (const { name, pose } of poses) {
      const moved = POSE_PARAMETERS.filter(({ index }) => pose[index] !== 0);
      expect(moved.length).toBeGreaterThan(0);
      expect(moved.every(({ base, max, index }) => base === name && pose[index] === max)).toBe(true);
    }
  });
});
