import { seededRandom } from '@tha4/test-utils';
import { describe, expect, test } from 'vitest';
import { faceLandmarks, sampleOf } from '../../test/samples.ts';
import { createPoseDriver } from '../driver/pose-driver.ts';
import { DEFAULT_SETTINGS } from '../driver/settings.ts';
import { POSE, type PoseName } from '../pose/names.ts';
import type { BlendshapeName } from '../sample/blendshape-names.ts';
import { NO_CALIBRATION } from './calibration.ts';
import { type CalibrationProgress, type CalibrationStep, createGuidedCalibration } from './guided-calibration.ts';
import { parseCalibration } from './parse-calibration.ts';

type Channels = Partial<Record<BlendshapeName, number>>;

/** A person whose tracker reads little: a blink is 0.45, a smile 0.6, an open mouth 0.3, and nothing rests at 0. */
const REST: Channels = {
  eyeBlinkLeft: 0.12,
  eyeBlinkRight: 0.1,
  mouthSmileLeft: 0.2,
  mouthSmileRight: 0.22,
  jawOpen: 0.03,
  browDownLeft: 0.1,
  browDownRight: 0.1,
  eyeLookDownLeft: 0.2,
  eyeLookDownRight: 0.2,
};
const DOES: Record<CalibrationStep, Channels> = {
  neutral: {},
  blink: { eyeBlinkLeft: 0.45, eyeBlinkRight: 0.43, mouthSmileLeft: 0.28, mouthSmileRight: 0.28 },
  smile: { mouthSmileLeft: 0.6, mouthSmileRight: 0.62, eyeBlinkLeft: 0.22, eyeBlinkRight: 0.2 },
  open: { jawOpen: 0.3 },
};
const rotation = { pitch: 0.14, yaw: -0.03, roll: 0.05 };

/** The person goes along with the guide at so many samples a second; what they do lags half a second behind. */
function calibrate(rate: number, does: Partial<Record<CalibrationStep, Channels>> = DOES) {
  const random = seededRandom(9);
  const noise = () => 0.02 * (random() / 2 ** 31 - 1);
  const guide = createGuidedCalibration();
  const phases: string[] = [];
  let progress: CalibrationProgress = guide.progress;
  let stepSince = 0;
  for (let n = 0; progress.phase !== 'done' && n < 60 * rate; n++) {
    const timeMs = (n * 1000) / rate;
    const doing = timeMs - stepSince > 500 ? does[progress.step] : {};
    const channels = Object.entries({ ...REST, ...doing }).map(([name, value]) => [name, value + noise()] as const);
    const before = progress.step;
    progress = guide.observe(sampleOf(timeMs, Object.fromEntries(channels), { rotation }));
    if (progress.step !== before) stepSince = timeMs;
    const phase = `${progress.step} ${progress.phase}`;
    if (phases.at(-1) !== phase) phases.push(phase);
  }
  return { progress, calibration: progress.calibration!, phases, seconds: stepSince };
}

/** What a driver with this calibration makes of a face. */
function poseOf(calibration: typeof NO_CALIBRATION, channels: Channels) {
  const idle = { ...DEFAULT_SETTINGS.idle, breathing: 0, blinking: 0, gaze: 0, sway: 0 };
  const driver = createPoseDriver({ calibration, settings: { mirror: false, idle } });
  for (let i = 0; i < 60; i++) {
    driver.observe(sampleOf(i * 33, { ...REST, ...channels }, { rotation }));
    driver.pose(i * 33);
  }
  const pose = driver.pose(2000);
  return (name: PoseName) => pose[POSE[name]]!;
}

test('the guide goes through its steps in ten seconds', () => {
  const { phases, progress } = calibrate(30);
  expect(phases).toEqual([
    'neutral ready',
    'neutral measuring',
    'blink ready',
    'blink measuring',
    'smile ready',
    'smile measuring',
    'open ready',
    'open measuring',
    'open done',
  ]);
  expect(progress).toMatchObject({ progress: 1, stepProgress: 1, unclear: [] });
});

describe.each([10, 15, 30, 60])('at %i samples a second', (rate) => {
  const { calibration } = calibrate(rate);

  test('a calm face is neutral', () => {
    const at = poseOf(calibration, {});
    for (const name of [
      'eye_wink_left',
      'eye_wink_right',
      'mouth_aaa',
      'eyebrow_angry_left',
      'eyebrow_happy_left',
    ] as const) {
      expect(at(name)).toBeLessThan(0.05);
    }
    expect(at('mouth_raised_corner_left')).toBeLessThan(0.05);
    for (const name of ['head_x', 'head_y', 'neck_z', 'iris_rotation_x'] as const)
      expect(Math.abs(at(name))).toBeLessThan(0.05);
  });

  test('what the person can do is all that the character can', () => {
    const blink = poseOf(calibration, DOES.blink);
    expect(blink('eye_wink_left')).toBeGreaterThan(0.95);
    expect(blink('eye_wink_right')).toBeGreaterThan(0.95);
    expect(blink('mouth_raised_corner_left')).toBeLessThan(0.1);
    const smile = poseOf(calibration, DOES.smile);
    expect(smile('eyebrow_happy_left')).toBeGreaterThan(0.75);
    expect(smile('eye_happy_wink_left')).toBeLessThan(0.1);
    expect(smile('eye_wink_left')).toBeLessThan(0.1);
    expect(poseOf(calibration, DOES.open)('mouth_aaa')).toBeGreaterThan(0.6);
  });
});

test('without it the same face is half shut and never smiles', () => {
  expect(poseOf(NO_CALIBRATION, DOES.blink)('eye_wink_left')).toBeLessThan(0.6);
  expect(poseOf(NO_CALIBRATION, {})('head_x')).toBeLessThan(-0.4);
});

test('a step that was not done is named and keeps its usual range', () => {
  const { progress, calibration } = calibrate(30, { neutral: {}, smile: DOES.smile });
  expect(progress.unclear).toEqual(['blink', 'open']);
  expect(calibration.ranges.eyeBlinkLeft).toBeUndefined();
  expect(calibration.ranges.jawOpen).toBeUndefined();
  expect(calibration.ranges.mouthSmileLeft).toBeDefined();
});

test('the clock stands still without a face, and hostile samples are no face', () => {
  const guide = createGuidedCalibration();
  for (let i = 0; i < 30; i++) guide.observe(sampleOf(i * 33));
  const { progress } = guide.progress;
  for (let i = 30; i < 300; i++) {
    expect(guide.lost(i * 33).phase).toBe('waiting');
    guide.observe(sampleOf(i * 33 + 1, { jawOpen: Number.NaN }));
  }
  expect(guide.observe(sampleOf(10_000)).progress - progress).toBeLessThan(0.031);
});

test('landmarks of open eyes are kept as the rest, of shut ones not', () => {
  const measured = (eye: number) => {
    const guide = createGuidedCalibration();
    const landmarks = faceLandmarks({ eyeLeft: eye, eyeRight: eye });
    let progress = guide.progress;
    for (let i = 0; progress.phase !== 'done'; i++) progress = guide.observe(sampleOf(i * 100, {}, { landmarks }));
    return parseCalibration(progress.calibration).metrics;
  };
  expect(measured(1)?.eyeLeft).toBeGreaterThan(0.05);
  expect(measured(0.1)).toBeNull();
});

describe('as JSON', () => {
  const { calibration } = calibrate(30);
  const text = JSON.stringify(calibration);

  test('comes back as it was', () => {
    expect(parseCalibration(JSON.parse(text))).toEqual(calibration);
    expect(parseCalibration(JSON.parse(JSON.stringify(NO_CALIBRATION)))).toEqual(NO_CALIBRATION);
  });

  test('is refused where it is not one, naming the place', () => {
    const broken = (change: (data: Record<string, never>) => void) => {
      const data = JSON.parse(text);
      change(data);
      return () => parseCalibration(data);
    };
    expect(() => parseCalibration(null)).toThrow('calibration: expected an object, got null');
    expect(broken((data: Record<string, unknown>) => (data.version = 2))).toThrow(/version 1, got .* version 2/);
    expect(broken((data) => delete data.straight)).toThrow(/calibration.straight: expected an object/);
    expect(broken((data: Record<string, { yaw: unknown }>) => (data.straight!.yaw = 9))).toThrow(
      /straight.yaw: .* got 9/,
    );
    expect(broken((data: Record<string, unknown>) => (data.ranges = { nose: {} }))).toThrow(/ranges.nose/);
    const flat = { ranges: { jawOpen: { rest: 0.4, full: 0.4 } } };
    expect(broken((data) => Object.assign(data, flat))).toThrow(/jawOpen: expected full .* above rest/);
    expect(broken((data) => Object.assign(data, { metrics: { eyeLeft: 0 } }))).toThrow(/metrics.eyeLeft/);
  });
});
