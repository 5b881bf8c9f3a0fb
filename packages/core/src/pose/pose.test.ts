import { assertClose, seededRandom } from '@tha4/test-utils';
import { describe, expect, it } from 'vitest';
import { PoseError } from '../errors.ts';
import { POSE_PARAMETERS, POSE_SIZE, poseParameter } from './parameters.ts';
import { clampPose, formatPose, interpolatePose, mirrorPose, neutralPose, posesEqual, validatePose } from './pose.ts';
import { POSE_PRESETS, presetPose } from './presets.ts';
import { randomPose } from './random.ts';

const at = (name: string): number => poseParameter(name)!.index;
const next = seededRandom(11);
const random = (): number => next() / 2 ** 32;
const anyPose = () => Float32Array.from({ length: POSE_SIZE }, () => random() * 2 - 1);

describe('validatePose', () => {
  it('copies 45 numbers', () => {
    const values = Array.from({ length: 45 }, (_, i) => i / 64);
    const pose = validatePose(values, 'here');
    expect([...pose]).toEqual(values);
    expect(validatePose(pose, 'here')).not.toBe(pose);
  });

  it('names the place and the parameter that is wrong', () => {
    expect(() => validatePose([1, 2], 'here')).toThrow(/^here: expected 45 numbers, got 2/);
    const values: number[] = Array(45).fill(0);
    values[at('mouth_aaa')] = Number.NaN;
    expect(() => validatePose(values, 'here')).toThrow("here: 'mouth_aaa': expected a finite number, got NaN");
    values[at('mouth_aaa')] = 1e300; // infinite as float32
    expect(() => validatePose(values, 'here')).toThrow(PoseError);
  });
});

describe('clampPose', () => {
  it('limits every value to its own range', () => {
    const low = clampPose(Array(45).fill(-7));
    const high = clampPose(Array(45).fill(7));
    for (const { index, min, max } of POSE_PARAMETERS) {
      expect([low[index], high[index]]).toEqual([min, max]);
    }
    expect(clampPose(Array(45).fill(Number.NaN))).toEqual(neutralPose());
    const inside = clampPose(anyPose());
    expect(clampPose(inside)).toEqual(inside);
  });
});

describe('mirrorPose', () => {
  it('swaps sides and turns the other way', () => {
    const pose = neutralPose();
    pose[at('eye_wink_left')] = 0.75;
    pose[at('mouth_lowered_corner_right')] = 0.5;
    for (const name of ['head_x', 'head_y', 'neck_z', 'body_y', 'body_z', 'iris_rotation_x', 'iris_rotation_y']) {
      pose[at(name)] = 0.25;
    }
    expect(formatPose(mirrorPose(pose))).toEqual({
      eye_wink_right: 0.75,
      mouth_lowered_corner_left: 0.5,
      iris_rotation_x: 0.25,
      iris_rotation_y: -0.25,
      head_x: 0.25,
      head_y: -0.25,
      neck_z: -0.25,
      body_y: -0.25,
      body_z: -0.25,
    });
  });

  it('twice gives the pose back', () => {
    for (let i = 0; i < 200; i++) {
      const pose = anyPose();
      expect(mirrorPose(mirrorPose(pose))).toEqual(pose);
      expect(posesEqual(mirrorPose(pose), pose)).toBe(false);
    }
    expect(mirrorPose(neutralPose())).toEqual(neutralPose()); // no -0
  });
});

describe('interpolatePose and posesEqual', () => {
  it('meet both ends exactly', () => {
    const [a, b] = [anyPose(), anyPose()];
    expect(interpolatePose(a, b, 0)).toEqual(a);
    expect(interpolatePose(a, b, 1)).toEqual(b);
    const middle = interpolatePose(a, b, 0.25);
    assertClose(
      middle,
      a.map((v, i) => v + (b[i]! - v) / 4),
      { atol: 1e-6 },
    );
    expect(posesEqual(a, a.slice())).toBe(true);
    expect(posesEqual(a, b)).toBe(false);
    expect(posesEqual(a, a.subarray(1))).toBe(false);
  });
});

describe('formatPose', () => {
  it('keeps every value, in the shortest decimal', () => {
    const pose = neutralPose();
    pose[at('mouth_aaa')] = 0.3;
    pose[at('head_y')] = -1 / 3;
    const text = formatPose(pose);
    expect(text).toEqual({ mouth_aaa: 0.3, head_y: -0.33333334 });
    for (let i = 0; i < 100; i++) {
      const random = anyPose();
      const back = neutralPose();
      for (const [name, value] of Object.entries(formatPose(random))) back[at(name)] = value;
      expect(back).toEqual(random);
    }
  });
});

/** Sums of the weights of eyebrows, eyes and mouth on one side; what has no side counts on both. */
function groupSums(pose: Float32Array, side: 'left' | 'right') {
  return (['eyebrow', 'eye', 'mouth'] as const).map((group) =>
    POSE_PARAMETERS.filter((p) => p.group === group && (p.side === side || p.side === null)).reduce(
      (sum, { index }) => sum + pose[index]!,
      0,
    ),
  );
}

describe('presetPose', () => {
  it.each(POSE_PRESETS)('%s lies in the ranges and keeps groups exclusive', (preset) => {
    const pose = presetPose(preset);
    expect(clampPose(pose)).toEqual(pose);
    expect(posesEqual(pose, neutralPose())).toBe(preset === 'neutral');
    for (const sum of [...groupSums(pose, 'left'), ...groupSums(pose, 'right')]) expect(sum).toBeLessThanOrEqual(1);
  });

  it('sets both sides by a base name and one by a full name', () => {
    const wink = formatPose(presetPose('wink'));
    expect(wink).toMatchObject({ eyebrow_happy_left: 0.5, eyebrow_happy_right: 0.5, eye_wink_left: 1 });
    expect(wink).not.toHaveProperty('eye_wink_right');
  });
});

describe('randomPose', () => {
  const poses = Array.from({ length: 4000 }, () => randomPose(random));

  it('stays in the ranges, with at most two shapes a group whose weights sum to at most 1', () => {
    for (const pose of poses) {
      expect(posesEqual(clampPose(pose), pose)).toBe(true);
      for (const sum of [...groupSums(pose, 'left'), ...groupSums(pose, 'right')]) {
        expect(sum).toBeLessThanOrEqual(1 + 1e-6);
      }
      for (const group of ['eyebrow', 'eye', 'mouth']) {
        const moved = POSE_PARAMETERS.filter((p) => p.group === group && pose[p.index] !== 0).map((p) => p.base);
        expect(new Set(moved).size).toBeLessThanOrEqual(2);
      }
    }
  });

  it('reaches every parameter, and draws single shapes and resting irises a quarter of the time', () => {
    const share = (test: (pose: Float32Array) => boolean) => poses.filter(test).length / poses.length;
    for (const { index } of POSE_PARAMETERS) expect(share((pose) => pose[index]! > 0.5)).toBeGreaterThan(0.01);
    const single = share((pose) => {
      const moved = POSE_PARAMETERS.filter((p) => p.group === 'eye' && pose[p.index] !== 0);
      return new Set(moved.map((p) => p.base)).size === 1;
    });
    // 4000 draws: four standard deviations are 0.027.
    expect(Math.abs(single - 0.25)).toBeLessThan(0.03);
    expect(Math.abs(share((pose) => pose[at('iris_small_left')] === 0) - 0.25)).toBeLessThan(0.03);
  });

  it('is the same again from the same numbers', () => {
    const run = () => {
      const numbers = seededRandom(5);
      return randomPose(() => numbers() / 2 ** 32);
    };
    expect(run()).toEqual(run());
  });
});
