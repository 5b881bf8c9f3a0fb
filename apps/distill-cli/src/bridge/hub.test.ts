import {
  BLENDSHAPE_COUNT,
  decodeBridgeFrame,
  encodePoseFrame,
  type FaceSample,
  POSE,
  type PoseFrame,
  type TrackerProtocol,
} from '@tha4/pose-mapper';
import { expect, it } from 'vitest';
import { Hub } from './hub.ts';

const face = (timeMs: number, yaw: number) =>
  ({
    ok: true,
    value: {
      timeMs,
      blendshapes: new Float32Array(BLENDSHAPE_COUNT),
      rotation: { pitch: 0, yaw, roll: 0 },
    } as FaceSample,
  }) as const;

/** A hub, and time that passes in steps of 20 ms. */
function setUp() {
  const shown: (FaceSample | null)[] = [];
  const hub = new Hub(['vmc', 'openseeface'], { mirror: false, idle: { sway: 0 } }, (_, sample) => shown.push(sample));
  let nowMs = 0;
  const pass = (milliseconds: number, source: TrackerProtocol | null, yaw = 0) => {
    for (const end = nowMs + milliseconds; nowMs < end; ) {
      nowMs += 20;
      if (source !== null) hub.take(source, face(nowMs, yaw), nowMs);
      hub.pose(nowMs);
    }
    return hub.pose(nowMs);
  };
  return { hub, shown, pass, now: () => nowMs };
}

it('lets another tracker drive when the first is silent, each with its own straight ahead', () => {
  const { hub, shown, pass, now } = setUp();
  expect(pass(100, null).state).toBe('idle');
  // Its first second is taken as straight ahead.
  expect(pass(2000, 'openseeface', 0.1).pose[POSE.head_y]).toBeCloseTo(0, 1);
  expect(pass(1000, 'openseeface', 0.2).pose[POSE.head_y]).toBeLessThan(-0.4);
  expect(hub.status(now()).driving).toBe('openseeface');
  pass(900, null);
  expect(hub.status(now()).driving).toBe('openseeface');
  pass(200, null);
  expect(hub.status(now()).driving).toBeNull();
  expect(shown.at(-1)).toBeNull();
  // VMC does not measure against the camera.
  expect(pass(2000, 'vmc', 0.1).pose[POSE.head_y]).toBeLessThan(-0.4);
  pass(1100, null);
  // And what was learnt of the first is still known.
  expect(pass(2000, 'openseeface', 0.1).pose[POSE.head_y]).toBeCloseTo(0, 1);
});

it('looks straight when it is told to', () => {
  const { hub, pass } = setUp();
  hub.lookStraight();
  expect(pass(1000, 'vmc', 0.1).pose[POSE.head_y]).toBeLessThan(-0.4);
  hub.lookStraight();
  expect(pass(1000, 'vmc', 0.1).pose[POSE.head_y]).toBeCloseTo(0, 1);
});

it('fades when the tracker loses the face, and counts what cannot be read', () => {
  const { hub, pass, now } = setUp();
  pass(500, 'vmc', 0.1);
  pass(20, null);
  hub.take('vmc', { ok: true, value: null }, now());
  hub.take('vmc', { ok: false, reason: 'rubbish' }, now());
  hub.take('vmc', { ok: true, value: undefined }, now());
  pass(400, null);
  const status = hub.status(now());
  expect(status).toMatchObject({ state: 'lost', driving: 'vmc' });
  expect(hub.totals()).toEqual([
    { source: 'vmc', packets: 27, badPackets: 1 },
    { source: 'openseeface', packets: 0, badPackets: 0 },
  ]);
});

it('puts a page before all trackers', () => {
  const { hub, pass, now } = setUp();
  pass(500, 'vmc', 0.1);
  const pose = new Float32Array(45).fill(0.5);
  const frame = decodeBridgeFrame(encodePoseFrame(1, 'tracking', pose));
  hub.takePage((frame.ok ? frame.value : null) as PoseFrame, now());
  expect(hub.pose(now())).toEqual({ pose, state: 'tracking', fromPage: true });
  expect(hub.status(now()).driving).toBe('page');
  expect(pass(1100, 'vmc', 0.1).fromPage).toBe(false);
});
