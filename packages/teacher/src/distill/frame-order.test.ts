import { type RgbaImage, STUDENT_FACE_CROP } from '@tha4/core';
import { describe, expect, it } from 'vitest';
import { wholeFrames, windowedFrames } from './frame-order.ts';
import { sampledPoses } from './training-poses.ts';

const FIRST = 10;

/** Visible in a square of pixels at the bottom right. */
const IMAGE: RgbaImage = { width: 512, height: 512, data: new Uint8ClampedArray(512 * 512 * 4) };
for (let row = 480; row < 490; row++)
  for (let column = 470; column < 500; column++) IMAGE.data[(row * 512 + column) * 4 + 3] = 255;

const poses = sampledPoses(3);
const order = windowedFrames(poses, 3, FIRST, STUDENT_FACE_CROP, IMAGE);
const indices = Array.from({ length: 2000 }, (_, index) => index);

describe('the order of frames', () => {
  it('is whole frames, each with a pose and a face of its own, for any teacher', () => {
    const { poseAt, windowAt, wholeShare, faceAt } = wholeFrames(poses);
    expect([windowAt(7), wholeShare, faceAt(7)]).toEqual([null, 1, 7]);
    expect(poseAt(7)).toEqual(poses(7));
  });

  it('begins with whole frames, and goes on with windows and few whole frames', () => {
    const whole = indices.filter((index) => order.windowAt(index) === null);
    expect(whole.slice(0, FIRST)).toEqual(indices.slice(0, FIRST));
    expect((whole.length - FIRST) / (indices.length - FIRST)).toBeCloseTo(order.wholeShare, 2);
  });

  it('has windows around the face, and some on whatever else is visible', () => {
    const windows = indices.map((index) => order.windowAt(index)).filter((window) => window !== null);
    const inFace = windows.filter(({ top, left }) => top === 72 && left === 184);
    expect(inFace.length / windows.length).toBeCloseTo(0.6, 1);
    const elsewhere = windows.filter((window) => !inFace.includes(window));
    expect(elsewhere.length).toBeGreaterThan(500);
    for (const { top, left, height, width } of windows)
      expect([height, width, top % 8, left % 8]).toEqual([144, 144, 0, 0]);
    for (const { top, left } of elsewhere) {
      expect(Math.min(top, left)).toBeGreaterThanOrEqual(328);
      expect(Math.max(top, left)).toBeLessThanOrEqual(368);
    }
  });

  it('shares a face among frames in a row, and nothing else of their poses', () => {
    for (const index of indices.slice(0, 100)) {
      const pose = order.poseAt(index);
      expect(pose.subarray(39)).toEqual(poses(index).subarray(39));
      const first = indices.find((other) => order.faceAt(other) === order.faceAt(index))!;
      expect(pose.subarray(0, 39)).toEqual(poses(first).subarray(0, 39));
    }
    const faces = new Set(indices.slice(FIRST, FIRST + 80).map((index) => order.faceAt(index)));
    expect(faces.size).toBe(10);
  });

  it('is the same whenever a number is asked for', () => {
    const again = windowedFrames(poses, 3, FIRST, STUDENT_FACE_CROP, IMAGE);
    for (const index of [999, 17, 64, 5]) {
      expect(again.windowAt(index)).toEqual(order.windowAt(index));
      expect(again.poseAt(index)).toEqual(order.poseAt(index));
    }
  });
});
