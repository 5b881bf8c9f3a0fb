import { POSE_PARAMETERS, poseParameter } from '@tha4/core';
import { describe, expect, it } from 'vitest';
import { EMOTIONS } from '../emotions/emotions.ts';
import { readClip } from './clip.ts';
import { Mixer } from './mixer.ts';
import { readPose } from './read-pose.ts';

const place = (name: string): number => poseParameter(name)!.index;
const silent = new Float32Array(45);

/** Where a parameter is after some seconds of sixty steps each. */
function run(mixer: Mixer, seconds: number, from = 0): Float32Array {
  let pose = mixer.step(from);
  for (let i = 1; i <= seconds * 60; i++) pose = mixer.step(from + i / 60);
  return pose;
}

describe('the mixer', () => {
  it('moves to an expression, and no further than students know', () => {
    for (const name of Object.keys(EMOTIONS)) {
      const mixer = new Mixer(() => silent);
      mixer.setBase(readPose(name, 'expression'));
      expect([...mixer.step(0)].every((value) => value === 0)).toBe(true);
      const pose = run(mixer, 3);
      for (const [index, value] of pose.entries()) {
        const { min, max } = POSE_PARAMETERS[index]!;
        expect(value).toBeGreaterThanOrEqual(min);
        expect(value).toBeLessThanOrEqual(max);
      }
      for (const group of ['eyebrow', 'eye', 'mouth']) {
        for (const side of ['left', 'right']) {
          const own = POSE_PARAMETERS.filter((p) => p.group === group && (p.side ?? side) === side);
          expect(own.reduce((sum, { index }) => sum + pose[index]!, 0)).toBeLessThanOrEqual(1 + 1e-6);
        }
      }
      expect(pose.some((value) => value !== 0)).toBe(name !== 'neutral');
    }
  });

  it('blinks what is left open, and speaks over a smile', () => {
    const life = new Float32Array(45);
    life[place('eye_wink_left')] = 1;
    life[place('mouth_aaa')] = 0.5;
    life[place('breathing')] = 0.4;
    const mixer = new Mixer(() => life);
    mixer.setBase(readPose({ eye_happy_wink: 0.75, mouth_aaa: 0.2, breathing: 0.1 }, 'test'));
    const pose = run(mixer, 3);
    expect(pose[place('eye_happy_wink_left')]! + pose[place('eye_wink_left')]!).toBeCloseTo(1, 5);
    expect(pose[place('eye_wink_right')]).toBe(0);
    expect(pose[place('mouth_aaa')]).toBeCloseTo(0.5, 5);
    expect(pose[place('breathing')]).toBeCloseTo(0.5, 5);
  });

  it('looks where it is told, and ahead again', () => {
    const mixer = new Mixer(() => silent);
    mixer.lookAt([1, -0.5]);
    const pose = run(mixer, 3);
    expect(pose[place('head_y')]).toBeLessThan(-0.5);
    expect(pose[place('iris_rotation_y')]).toBeLessThan(-0.5);
    expect(pose[place('head_x')]).toBeGreaterThan(0.2);
    mixer.lookAt(null);
    expect(Math.abs(run(mixer, 3, 3)[place('head_y')]!)).toBeLessThan(1e-3);
  });

  it('plays a clip, then says so, and shows the expression again', () => {
    const mixer = new Mixer(() => silent);
    mixer.still = true;
    let over = 0;
    const clip = readClip({
      frames: [
        { at: 0, pose: { mouth_aaa: 1 } },
        { at: 500, pose: 'neutral' },
        { at: 800, pose: { mouth_ooo: 1 } },
      ],
      duration: 1000,
    });
    mixer.play(clip, () => over++);
    expect(mixer.step(10)[place('mouth_aaa')]).toBe(1);
    expect(mixer.step(10.6)[place('mouth_aaa')]).toBe(0);
    expect(mixer.step(10.9)[place('mouth_ooo')]).toBe(1);
    expect(over).toBe(0);
    expect(mixer.step(11.1)[place('mouth_ooo')]).toBe(0);
    expect(over).toBe(1);
    mixer.play(readClip({ ...clip, frames: [{ at: 0, pose: 'joy' }], duration: 100, loop: true }), () => over++);
    mixer.step(12);
    mixer.play(clip, () => over++);
    expect(over).toBe(2);
  });

  it('does not make up for a browser that slept', () => {
    const mixer = new Mixer(() => silent);
    mixer.step(0);
    mixer.setBase(readPose({ head_y: 1 }, 'test'));
    expect(mixer.step(60)[place('head_y')]).toBeLessThan(0.5);
  });
});

describe('clips and poses', () => {
  it('that cannot be meant are refused by name', () => {
    const frames = [{ at: 0, pose: 'joy' }];
    expect(() => readClip({ frames: [] })).toThrow(/expected a clip with 1 to/);
    expect(() =>
      readClip({
        frames: [
          { at: 5, pose: 'joy' },
          { at: 4, pose: 'joy' },
        ],
      }),
    ).toThrow(/frame 1: expected a time/);
    expect(() => readClip({ frames, loop: true })).toThrow(/loop/);
    expect(() => readClip({ frames: [{ at: 0, pose: 'joi' }] })).toThrow(/frame 0: expected one of admiration/);
    expect(() => readPose({ mouth_aa: 1 }, 'pose')).toThrow(
      /pose: expected the name of a pose parameter, got 'mouth_aa'/,
    );
    expect(() => readPose([1, 2], 'pose')).toThrow(/expected 45 numbers/);
    expect(() => readPose('{"mouth_aaa":', 'pose')).toThrow(/expected JSON/);
    expect(readPose({ mouth_aaa: 7 }, 'pose')[place('mouth_aaa')]).toBe(1);
  });

  it('know the 28 emotions', () => {
    expect(Object.keys(EMOTIONS)).toHaveLength(28);
  });
});
