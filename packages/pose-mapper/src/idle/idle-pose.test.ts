import { expect, test } from 'vitest';
import { POSE, POSE_MIN, POSE_SIZE } from '../pose/names.ts';
import { breathing } from './breathing.ts';
import { idlePose } from './idle-pose.ts';
import { DEFAULT_IDLE } from './settings.ts';

const still = { ...DEFAULT_IDLE, breathing: 0, blinking: 0, gaze: 0, sway: 0 };

/** The parameter `index` in `seconds` of idling, `rate` times a second. */
function trace(index: number, seconds: number, rate = 60, settings = DEFAULT_IDLE): Float64Array {
  const pose = new Float32Array(POSE_SIZE);
  return Float64Array.from(
    { length: seconds * rate },
    (_, i) => idlePose((i * 1000) / rate, settings, pose)[index] as number,
  );
}

function blinkStarts(wink: Float64Array): number[] {
  return [...wink.keys()].filter((i) => wink[i]! > 0.5 && (wink[i - 1] ?? 0) <= 0.5);
}

test('an hour of it stays in range', () => {
  const pose = new Float32Array(POSE_SIZE);
  for (let timeMs = 0; timeMs < 3_600_000; timeMs += 397) {
    idlePose(timeMs, DEFAULT_IDLE, pose);
    const bad = pose.findIndex((value, i) => !(value >= POSE_MIN[i]! && value <= 1));
    expect(bad).toBe(-1);
  }
});

test('the same seed lives the same life, another one another', () => {
  expect(idlePose(12_345)).toEqual(idlePose(12_345));
  expect(idlePose(12_345, { ...DEFAULT_IDLE, seed: 2 })).not.toEqual(idlePose(12_345));
});

test('with everything off the pose is neutral', () => {
  expect(idlePose(1234, still).every((value) => value === 0)).toBe(true);
});

test('blinks as often as asked, irregularly, shut and open again', () => {
  const wink = trace(POSE.eye_wink_left, 600);
  const starts = blinkStarts(wink);
  // 15 a minute, and one in seven is double.
  expect(starts.length).toBeGreaterThan(150);
  expect(starts.length).toBeLessThan(190);
  const waits = starts.slice(1).map((start, i) => (start - starts[i]!) / 60);
  expect(Math.max(...waits)).toBeGreaterThan(5.5);
  expect(Math.min(...waits)).toBeLessThan(0.5);
  for (const start of starts) expect(Math.max(...wink.slice(start, start + 8))).toBeGreaterThan(0.95);
  expect(wink.filter((value) => value === 0).length / wink.length).toBeGreaterThan(0.9);
});

test('breathes with the asked rhythm', () => {
  const breath = trace(POSE.breathing, 60, 20);
  const peaks = [...breath.keys()].filter((i) => i > 0 && breath[i]! > breath[i - 1]! && breath[i]! >= breath[i + 1]!);
  expect(peaks).toHaveLength(20);
  expect(breathing(1500, 20)).toBeCloseTo(1, 12);
  expect(breathing(0, 20)).toBe(0);
});

test('eyes rest and jump; head and body glide', () => {
  const eyes = trace(POSE.iris_rotation_y, 300);
  const steps = eyes.slice(1).map((value, i) => Math.abs(value - eyes[i]!));
  expect(Math.max(...steps)).toBeGreaterThan(0.2);
  expect(steps.filter((step) => step < 0.01).length / steps.length).toBeGreaterThan(0.85);
  for (const index of [POSE.head_x, POSE.head_y, POSE.neck_z, POSE.body_y, POSE.body_z]) {
    const glide = trace(index, 300);
    const fastest = Math.max(...glide.slice(1).map((value, i) => Math.abs(value - glide[i]!)));
    expect(fastest).toBeLessThan(0.03);
    expect(Math.max(...glide)).toBeGreaterThan(0.1);
    expect(Math.min(...glide)).toBeLessThan(-0.1);
  }
});
