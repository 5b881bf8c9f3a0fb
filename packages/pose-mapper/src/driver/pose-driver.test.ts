import { seededRandom } from '@tha4/test-utils';
import { describe, expect, test } from 'vitest';
import { QUIET } from '../../test/quiet.ts';
import { mirrorSample, sampleOf } from '../../test/samples.ts';
import { idlePose } from '../idle/idle-pose.ts';
import { mirrorPose } from '../pose/mirror-pose.ts';
import { POSE, POSE_MIN, POSE_SIZE, type PoseName } from '../pose/names.ts';
import type { BlendshapeName } from '../sample/blendshape-names.ts';
import type { FaceSample } from '../sample/face-sample.ts';
import { createPoseDriver } from './pose-driver.ts';

/** Shows a face for a second, so that it has faded in, then draws. */
function poseOf(channels: Partial<Record<BlendshapeName, number>>, rest: Partial<FaceSample> = {}, settings = {}) {
  const driver = createPoseDriver({ settings: { ...QUIET, ...settings } });
  for (let i = 0; i < 40; i++) {
    driver.observe(sampleOf(i * 33, channels, rest));
    driver.pose(i * 33);
  }
  const pose = driver.pose(40 * 33);
  return Object.assign((name: PoseName) => pose[POSE[name]]!, { pose });
}

describe('100,000 random and hostile samples', () => {
  const HOSTILE = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e30, -1e30, -0, 5e-324, 1e300, -7];

  test.each([1, 2, 3, 4])('poses stay finite and in range (a quarter of them, seed %i)', (seed) => {
    const random = seededRandom(seed);
    const uniform = () => random() / 2 ** 32;
    const driver = createPoseDriver();
    const out = new Float32Array(POSE_SIZE);
    const sample = sampleOf(0);
    const landmarks = { points: new Float32Array(478 * 3), aspect: 4 / 3 };
    let rejected = 0;
    let timeMs = 0;
    let bad = 0;
    for (let n = 0; n < 25_000; n++) {
      timeMs += uniform() * 60;
      const nasty = () => (uniform() < 0.001 ? HOSTILE[random() % HOSTILE.length]! : uniform() * 1.4 - 0.2);
      for (let i = 0; i < 10; i++) sample.blendshapes[random() % 52] = nasty();
      for (let i = 0; i < 10; i++) landmarks.points[random() % 1434] = nasty();
      const rotation = { pitch: nasty() - 0.5, yaw: nasty() - 0.5, roll: nasty() - 0.5 };
      const position = { x: nasty() * 40, y: nasty() * 40, z: -nasty() * 60 };
      if (uniform() < 0.02) driver.lost(timeMs);
      else driver.observe({ ...sample, timeMs, rotation, position, landmarks });
      if (n % 5000 === 0) driver.configure({ mirror: n % 10_000 === 0 });
      driver.pose(timeMs, out);
      for (let i = 0; i < POSE_SIZE; i++) if (!(out[i]! >= POSE_MIN[i]! && out[i]! <= 1)) bad++;
      rejected = driver.counts.rejected;
    }
    expect(bad).toBe(0);
    expect(rejected).toBeGreaterThan(250);
    expect(driver.counts.observed).toBeGreaterThan(12_500);
  });

  test('wrong lengths and times are refused in plain words', () => {
    const driver = createPoseDriver();
    expect(() => driver.observe({ ...sampleOf(0), blendshapes: new Float32Array(51) })).toThrow(
      /expected 52 .* got 51/,
    );
    const landmarks = { points: new Float32Array(468 * 3), aspect: 1 };
    expect(() => driver.observe(sampleOf(0, {}, { landmarks }))).toThrow(/478 landmarks of 3 numbers, got 1404/);
    expect(() => driver.observe(sampleOf(Number.NaN))).toThrow(/expected a time/);
    expect(() => driver.pose(Number.POSITIVE_INFINITY)).toThrow(/expected a time/);
    expect(() => driver.pose(0, new Float32Array(44))).toThrow(/45 numbers, got 44/);
    expect(() =>
      driver.voice({ timeMs: Number.NaN, strength: 1, vowels: { aaa: 1, iii: 0, uuu: 0, eee: 0, ooo: 0 } }),
    ).toThrow(/voice/);
  });

  test('old samples are counted and ignored', () => {
    const driver = createPoseDriver({ settings: QUIET });
    driver.observe(sampleOf(100));
    driver.observe(sampleOf(100, { jawOpen: 1 }));
    driver.observe(sampleOf(50, { jawOpen: 1 }));
    expect(driver.counts).toEqual({ observed: 1, rejected: 0, stale: 2 });
  });
});

test('a face in the mirror gives the mirrored pose, and `mirror` does the same', () => {
  const random = seededRandom(11);
  const uniform = () => random() / 2 ** 32;
  const plain = createPoseDriver({ settings: QUIET });
  const mirrored = createPoseDriver({ settings: QUIET });
  const setting = createPoseDriver({ settings: { ...QUIET, mirror: true } });
  for (let n = 0; n < 300; n++) {
    const sample = sampleOf(
      n * 33,
      {},
      {
        rotation: { pitch: uniform() - 0.5, yaw: uniform() - 0.5, roll: uniform() - 0.5 },
        position: { x: 10 * uniform(), y: 10 * uniform(), z: -40 },
      },
    );
    for (let i = 0; i < 52; i++) sample.blendshapes[i] = uniform() ** 2;
    plain.observe(sample);
    setting.observe(sample);
    mirrored.observe(mirrorSample(sample));
    const expected = mirrorPose(plain.pose(n * 33));
    for (const other of [mirrored.pose(n * 33), setting.pose(n * 33)]) {
      for (let i = 0; i < POSE_SIZE; i++) expect(Math.abs(other[i]! - expected[i]!)).toBeLessThan(1e-6);
    }
  }
});

describe('frame rates', () => {
  /** A face that nods, turns, talks and blinks. */
  const face = (seconds: number) =>
    sampleOf(
      seconds * 1000,
      {
        jawOpen: 0.25 + 0.2 * Math.sin(7 * seconds),
        browInnerUp: 0.3 + 0.3 * Math.sin(2 * seconds),
        eyeBlinkLeft: Math.max(0, Math.cos(3 * seconds) - 0.2),
        eyeBlinkRight: Math.max(0, Math.cos(3 * seconds) - 0.2),
      },
      {
        rotation: {
          pitch: 0.15 * Math.sin(3 * seconds),
          yaw: 0.12 * Math.sin(2 * seconds),
          roll: 0.2 * Math.sin(4 * seconds),
        },
      },
    );

  /** Poses at whole 15ths of a second, with samples and draws at these rates. */
  function run(sampleRate: number, drawRate: number): Float32Array[] {
    const driver = createPoseDriver({ settings: QUIET });
    const seen: Float32Array[] = [];
    const ticks = 120 * 6;
    for (let tick = 0; tick <= ticks; tick++) {
      if (tick % (120 / sampleRate) === 0) driver.observe(face(tick / 120));
      if (tick % (120 / drawRate) !== 0) continue;
      const pose = driver.pose((tick * 1000) / 120);
      if (tick % 8 === 0) seen.push(pose);
    }
    return seen;
  }

  const reference = run(120, 120);
  const worst = (poses: Float32Array[], from = 15) =>
    Math.max(
      ...poses.slice(from).flatMap((pose, k) => Array.from(pose, (v, i) => Math.abs(v - reference[k + from]![i]!))),
    );

  test('15, 30, 60 and 120 draws a second show the same', () => {
    for (const rate of [15, 30, 60]) {
      // At most one draw's worth of the glide between two samples.
      expect(worst(run(120, rate))).toBeLessThan(0.02);
    }
  });

  test('15, 30, 60 and 120 samples a second show the same, but for the glide, a share of their interval late', () => {
    // Measured on a jaw that crosses its range in 0.2 s: 0.17, 0.07, 0.02.
    const limits = { 15: 0.25, 30: 0.1, 60: 0.04 };
    for (const rate of [15, 30, 60] as const) expect(worst(run(rate, 120))).toBeLessThan(limits[rate]);
  });
});

describe('blinks and winks', () => {
  /** The highest of each parameter over a blink of so many milliseconds that closes `left` and `right` so far. */
  function peaks(rate: number, lastsMs: number, left: number, right: number, channels = {}) {
    const driver = createPoseDriver({ settings: QUIET });
    const highest = new Float32Array(POSE_SIZE);
    const step = 1000 / rate;
    let sampledLeft = 0;
    for (let tick = 0; tick < 120 * 2; tick++) {
      const timeMs = (tick * 1000) / 120;
      if (tick % (120 / rate) === 0) {
        const phase = (timeMs - 1000) / lastsMs;
        const shut = phase > 0 && phase < 1 ? Math.min(1, 1.6 * Math.sin(Math.PI * phase)) : 0;
        sampledLeft = Math.max(sampledLeft, shut * left);
        driver.observe(sampleOf(timeMs, { eyeBlinkLeft: shut * left, eyeBlinkRight: shut * right, ...channels }));
      }
      const pose = driver.pose(timeMs);
      if (timeMs > 900) for (let i = 0; i < POSE_SIZE; i++) highest[i] = Math.max(highest[i]!, pose[i]!);
    }
    return { at: (name: PoseName) => highest[POSE[name]]!, sampled: Math.min(1, sampledLeft / 0.8), step };
  }

  test.each([15, 30, 60, 120])('a blink of 150 ms is not flattened at %i samples a second', (rate) => {
    const { at, sampled } = peaks(rate, 150, 0.8, 0.75);
    expect(sampled).toBeGreaterThan(0.9);
    expect(at('eye_wink_left')).toBeGreaterThan(0.9 * sampled);
    expect(Math.abs(at('eye_wink_left') - at('eye_wink_right'))).toBeLessThan(0.05);
  });

  test('a wink stays one eye, though the tracker leaks it into the other', () => {
    const { at } = peaks(30, 300, 0.7, 0.25);
    expect(at('eye_wink_left')).toBeGreaterThan(0.9);
    expect(at('eye_wink_right')).toBeLessThan(0.25);
  });

  test('a smile does not shut the eyes, and a blink while smiling is a happy one', () => {
    const smiling = poseOf({ mouthSmileLeft: 0.9, mouthSmileRight: 0.9, eyeBlinkLeft: 0.1, eyeBlinkRight: 0.1 });
    expect(smiling('eye_happy_wink_left')).toBeLessThan(0.02);
    const { at } = peaks(30, 200, 0.8, 0.8, { mouthSmileLeft: 0.8, mouthSmileRight: 0.8 });
    expect(at('eye_happy_wink_left')).toBeGreaterThan(0.9);
    expect(at('eye_wink_left')).toBeLessThan(0.1);
  });

  test('the gaze rests while the eyes are shut', () => {
    const driver = createPoseDriver({ settings: QUIET });
    const lowest: number[] = [];
    for (let i = 0; i < 60; i++) {
      const shut = i > 40 && i < 50;
      const down = { eyeLookDownLeft: shut ? 1 : 0.05, eyeLookDownRight: shut ? 1 : 0.05 };
      driver.observe(sampleOf(i * 33, { ...down, eyeBlinkLeft: shut ? 0.9 : 0, eyeBlinkRight: shut ? 0.9 : 0 }));
      lowest.push(driver.pose(i * 33)[POSE.iris_rotation_x]!);
    }
    expect(Math.min(...lowest)).toBeGreaterThan(-0.1);
  });

  test('the gaze hardly moves with a wink, but does for a person with one eye', () => {
    const down = (seconds: number) => {
      const driver = createPoseDriver({ settings: QUIET });
      for (let i = 0; i < 20; i++) driver.observe(sampleOf(i * 33));
      for (let i = 20; i < 20 + seconds * 30; i++) {
        driver.observe(sampleOf(i * 33, { eyeBlinkLeft: 0.9, eyeLookDownLeft: 1, eyeLookDownRight: 0.4 }));
        driver.pose(i * 33);
      }
      return driver.pose((20 + seconds * 30) * 33)[POSE.iris_rotation_x]!;
    };
    expect(down(0.3)).toBeGreaterThan(-0.2);
    expect(down(6)).toBeLessThan(-0.5);
  });
});

describe('loss and return', () => {
  test('held, faded into idle, and back without a jump', () => {
    const driver = createPoseDriver({ settings: { mirror: false } });
    const roll = { rotation: { pitch: 0, yaw: 0, roll: 0.25 } };
    const seen: { state: string; roll: number; idle: number }[] = [];
    for (let i = 0; i < 360; i++) {
      const timeMs = (i * 1000) / 60;
      const hasFace = i < 120 || i >= 240;
      if (i % 2 === 0) {
        if (hasFace) driver.observe(sampleOf(timeMs, {}, roll));
        else driver.lost(timeMs);
      }
      const pose = driver.pose(timeMs);
      seen.push({ state: driver.state, roll: pose[POSE.neck_z]!, idle: idlePose(timeMs)[POSE.neck_z]! });
    }
    const at = (second: number) => seen[Math.round(second * 60)]!;
    expect(at(1.9)).toMatchObject({ state: 'tracking' });
    expect(at(1.9).roll).toBeCloseTo(0.25 / (Math.PI / 12), 2);
    expect(at(2.2).roll).toBeCloseTo(at(1.9).roll, 2);
    expect(at(2.7).state).toBe('lost');
    expect(at(3.6).state).toBe('idle');
    expect(at(3.6).roll).toBeCloseTo(at(3.6).idle, 5);
    expect(at(4.6).roll).toBeCloseTo(at(1.9).roll, 2);
    const steps = seen.slice(1).map((one, i) => Math.abs(one.roll - seen[i]!.roll));
    expect(Math.max(...steps)).toBeLessThan(0.1);
  });

  test.each([15, 30, 120])('fades the same at %i draws a second', (rate) => {
    const rolls = (drawRate: number) => {
      const driver = createPoseDriver({ settings: QUIET });
      const seen: number[] = [];
      for (let tick = 0; tick <= 120 * 5; tick++) {
        const timeMs = (tick * 1000) / 120;
        const hasFace = timeMs < 1500 || timeMs >= 3500;
        if (tick % 4 === 0 && hasFace)
          driver.observe(sampleOf(timeMs, {}, { rotation: { pitch: 0, yaw: 0, roll: 0.2 } }));
        else if (tick % 4 === 0) driver.lost(timeMs);
        if (tick % (120 / drawRate) !== 0) continue;
        const pose = driver.pose(timeMs);
        if (tick % 8 === 0) seen.push(pose[POSE.neck_z]!);
      }
      return seen;
    };
    const reference = rolls(60);
    expect(Math.min(...reference.slice(20, 50))).toBe(0);
    const off = rolls(rate).map((roll, i) => Math.abs(roll - reference[i]!));
    // A fade begins with the first draw after its time.
    expect(Math.max(...off)).toBeLessThan(0.1);
  });

  test('a face that comes back elsewhere while fading does not jump', () => {
    const driver = createPoseDriver({ settings: QUIET });
    const rolls: number[] = [];
    for (let i = 0; i < 240; i++) {
      const timeMs = (i * 1000) / 60;
      const roll = i < 80 ? 0.25 : -0.25;
      if (i < 80 || i > 108) driver.observe(sampleOf(timeMs, {}, { rotation: { pitch: 0, yaw: 0, roll } }));
      else driver.lost(timeMs);
      rolls.push(driver.pose(timeMs)[POSE.neck_z]!);
    }
    expect(rolls.at(-1)).toBeCloseTo(-0.25 / (Math.PI / 12), 2);
    expect(Math.max(...rolls.slice(1).map((value, i) => Math.abs(value - rolls[i]!)))).toBeLessThan(0.3);
  });

  test('after a reset, for another source and clock, the old face fades out and the new one in', () => {
    const driver = createPoseDriver({ settings: QUIET });
    const rolls: number[] = [];
    const show = (fromMs: number, roll: number | null) => {
      for (let i = 0; i < 120; i++) {
        const timeMs = fromMs + (i * 1000) / 60;
        if (roll !== null) driver.observe(sampleOf(timeMs, {}, { rotation: { pitch: 0, yaw: 0, roll } }));
        rolls.push(driver.pose(timeMs)[POSE.neck_z]!);
      }
    };
    show(1e6, 0.2);
    driver.reset();
    show(0, null);
    expect(rolls.at(-1)).toBe(0);
    show(5000, 0.2);
    driver.reset();
    show(50, -0.2);
    expect(driver.counts.stale).toBe(0);
    expect(rolls.at(-1)).toBeCloseTo(-0.2 / (Math.PI / 12), 2);
    expect(Math.max(...rolls.slice(1).map((value, i) => Math.abs(value - rolls[i]!)))).toBeLessThan(0.25);
  });

  test('a slow or silent source keeps the pose for a second, then idles', () => {
    const driver = createPoseDriver({ settings: QUIET });
    for (let i = 0; i < 10; i++) {
      driver.observe(sampleOf(i * 500));
      driver.pose(i * 500 + 400);
      expect(driver.state).toBe('tracking');
    }
    driver.pose(8000);
    driver.pose(9500);
    expect(driver.state).toBe('idle');
  });

  test('parts that a source does not see stay idle', () => {
    const driver = createPoseDriver({ settings: { mirror: false } });
    let blinked = 0;
    let jaw = 0;
    for (let i = 0; i < 60 * 20; i++) {
      const timeMs = (i * 1000) / 60;
      driver.observe(sampleOf(timeMs, { jawOpen: 1 }, { parts: ['head'], rotation: { pitch: 0, yaw: 0.1, roll: 0 } }));
      const pose = driver.pose(timeMs);
      blinked = Math.max(blinked, pose[POSE.eye_wink_left]!);
      jaw = Math.max(jaw, pose[POSE.mouth_aaa]!);
    }
    expect(blinked).toBeGreaterThan(0.9);
    expect(jaw).toBe(0);
    expect(driver.pose(20_000)[POSE.head_y]).toBeLessThan(-0.4);
  });
});

test('a voice takes the mouth over and gives it back', () => {
  const driver = createPoseDriver({ settings: QUIET });
  const mouth: { aaa: number; ooo: number }[] = [];
  for (let i = 0; i < 180; i++) {
    const timeMs = (i * 1000) / 60;
    driver.observe(sampleOf(timeMs, { jawOpen: 0.6, mouthLowerDownLeft: 0.5, mouthLowerDownRight: 0.5 }));
    const vowels = { aaa: 0, iii: 0, uuu: 0, eee: 0, ooo: 0.8 };
    if (i >= 60 && i < 110) driver.voice({ timeMs, strength: 1, vowels });
    const pose = driver.pose(timeMs);
    mouth.push({ aaa: pose[POSE.mouth_aaa]!, ooo: pose[POSE.mouth_ooo]! });
  }
  expect(mouth[58]!.aaa).toBeGreaterThan(0.8);
  expect(mouth[100]!.aaa).toBeLessThan(0.05);
  expect(mouth[100]!.ooo).toBeCloseTo(0.8, 1);
  expect(mouth[179]!.aaa).toBeCloseTo(mouth[58]!.aaa, 1);
  driver.voice({ timeMs: 3000, strength: Number.NaN, vowels: { aaa: 1, iii: 1, uuu: 1, eee: 1, ooo: 1 } });
  expect(driver.pose(3010)[POSE.mouth_iii]).toBe(0);
});

test('used alone it idles', () => {
  const driver = createPoseDriver();
  expect(driver.state).toBe('idle');
  expect(driver.pose(5000)).toEqual(idlePose(5000));
});
