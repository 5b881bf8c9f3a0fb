import { describeShared } from '@tha4/test-utils';
import { expect, test } from 'vitest';
import {
  createPoseDriver,
  DEFAULT_IDLE,
  type DriverSettingsPatch,
  idlePose,
  POSE,
  type PoseName,
} from '../src/index.ts';
import { type Clip, clipFrames } from './clips.ts';
import { correlation } from './samples.ts';

const FRAME_MS = 1000 / 30;
const STILL = { ...DEFAULT_IDLE, breathing: 0, blinking: 0, gaze: 0, sway: 0 };

/** Plays a clip over and over at 30 frames a second, drawn at 60, after the person said "I look straight" at its first frame. */
function play(clip: Clip, settings: DriverSettingsPatch = { mirror: false, idle: STILL }, frames = clipFrames(clip)) {
  const loops = 2;
  const driver = createPoseDriver({ settings });
  driver.observe({ ...frames[0]!.sample!, timeMs: -FRAME_MS });
  driver.lookStraight();
  const poses: Float32Array[] = [];
  const states: string[] = [];
  for (let tick = 0; tick < loops * 240; tick++) {
    if (tick % 2 === 0) {
      const { sample } = frames[(tick / 2) % 120]!;
      const timeMs = (tick / 2) * FRAME_MS;
      if (sample === null) driver.lost(timeMs);
      else driver.observe({ ...sample, timeMs });
    }
    poses.push(driver.pose((tick * FRAME_MS) / 2));
    states.push(driver.state);
  }
  /** A parameter at the 120 frames of the last loop, `lateTicks` draws after each. */
  const of = (name: PoseName, lateTicks = 1): number[] =>
    frames.map((_, n) => poses[((loops - 1) * 240 + 2 * n + lateTicks) % poses.length]![POSE[name]]!);
  return { of, states, poses, truth: (name: string) => frames.map((frame) => frame.truth[name] ?? 0) };
}

/** The delay (draws at 60 Hz, after the frame's own) at which two rows agree best. */
function delay(of: (late: number) => number[], truth: number[]): { ticks: number; best: number } {
  const scores = [0, 1, 2, 3, 4, 5, 6, 8, 10, 12].map((ticks) => ({ ticks, best: correlation(of(ticks), truth) }));
  return scores.sort((a, b) => b.best - a.best)[0]!;
}

describeShared('MediaPipe’s answers to the webcam clips', () => {
  test.each(['roll15', 'mirror-roll15'] as const)('%s: the head rolls with the picture', (clip) => {
    const { of, truth } = play(clip);
    const counterClockwise = truth('cw_deg').map((degrees) => -degrees);
    expect(correlation(of('neck_z'), counterClockwise)).toBeGreaterThan(0.99);
    const { ticks, best } = delay((late) => of('neck_z', late), counterClockwise);
    console.log(`${clip}: neck_z follows ${((ticks * 1000) / 60).toFixed(0)} ms later, correlation ${best.toFixed(4)}`);
    expect(ticks).toBeLessThanOrEqual(3);
    expect(Math.max(...of('neck_z'))).toBeGreaterThan(0.9);
    // As in a mirror it rolls the other way.
    const mirrored = play(clip, { mirror: true, idle: STILL });
    expect(correlation(mirrored.of('neck_z'), counterClockwise)).toBeLessThan(-0.99);
  });

  test('yawpitch: the nose to the picture’s right turns to the character’s left, nose down is down', () => {
    const { of, truth } = play('yawpitch');
    expect(correlation(of('head_y', 2).slice(0, 60), truth('yaw_right_deg').slice(0, 60))).toBeLessThan(-0.95);
    expect(correlation(of('head_x', 2).slice(60), truth('pitch_down_deg').slice(60))).toBeLessThan(-0.95);
    expect(correlation(of('body_y', 8).slice(0, 60), truth('yaw_right_deg').slice(0, 60))).toBeLessThan(-0.95);
  });

  test('move: a face that only moves aside hardly turns', () => {
    const spread = (values: number[]) => Math.max(...values) - Math.min(...values);
    const withoutPosition = clipFrames('move').map((frame) => {
      const { position, ...sample } = frame.sample!;
      return { ...frame, sample };
    });
    const plain = play('move', undefined, withoutPosition);
    const { of } = play('move');
    expect(spread(plain.of('head_y'))).toBeGreaterThan(0.7);
    expect(spread(of('head_y'))).toBeLessThan(0.15);
    expect(spread(of('head_x'))).toBeLessThan(0.6 * spread(plain.of('head_x')));
  });

  test('blinkjaw: each eye winks on its own side, then the mouth opens', () => {
    const { of } = play('blinkjaw');
    // The photo smiles, so its winks are happy ones.
    const left = of('eye_happy_wink_left');
    const right = of('eye_happy_wink_right');
    expect(left[20]! - right[20]!).toBeGreaterThan(0.3);
    expect(right[60]! - left[60]!).toBeGreaterThan(0.3);
    for (const n of [40, 100]) expect(Math.max(left[n]!, right[n]!)).toBeLessThan(0.02);
    const open = of('mouth_aaa');
    expect(open[98]!).toBeGreaterThan(0.4);
    expect(Math.max(...open.slice(0, 80))).toBeLessThan(1e-6);
    const mirrored = play('blinkjaw', { mirror: true, idle: STILL });
    expect(mirrored.of('eye_happy_wink_right')[20]).toBeCloseTo(left[20]!, 5);
  });

  test('lost: the smile is held, fades into idle, and comes back', () => {
    const { of, states, poses } = play('lost', { mirror: false });
    const smile = of('mouth_raised_corner_left');
    expect(smile[55]).toBeGreaterThan(0.85);
    expect(smile[64]).toBeGreaterThan(0.85);
    expect(smile[80]).toBeLessThan(smile[70]!);
    expect(smile[110]).toBe(0);
    expect(states[240 + 2 * 55]).toBe('tracking');
    expect(states[240 + 2 * 80]).toBe('lost');
    expect(states[240 + 2 * 110]).toBe('idle');
    const last = 240 + 2 * 110;
    expect(poses[last]).toEqual(idlePose((last * FRAME_MS) / 2));
    // The second loop is the return.
    expect(smile[15]).toBeGreaterThan(0.85);
    const steps = poses.slice(1).map((pose, i) => Math.abs(pose[POSE.neck_z]! - poses[i]![POSE.neck_z]!));
    expect(Math.max(...steps)).toBeLessThan(0.06);
  });
});
