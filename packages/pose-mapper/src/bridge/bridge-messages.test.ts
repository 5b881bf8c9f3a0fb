import { seededRandom } from '@tha4/test-utils';
import { describe, expect, it } from 'vitest';
import { BLENDSHAPE_COUNT } from '../sample/blendshape-names.ts';
import type { FaceSample } from '../sample/face-sample.ts';
import { decodeBridgeFrame, encodeFaceFrame, encodePoseFrame } from './bridge-frames.ts';
import { parseBridgeCommand, parseBridgeText } from './bridge-messages.ts';

const pose = Float32Array.from({ length: 45 }, (_, i) => i / 45 - 0.3);
const face: FaceSample = {
  timeMs: 7.25,
  blendshapes: Float32Array.from({ length: BLENDSHAPE_COUNT }, (_, i) => i / 64),
  rotation: { pitch: 0.5, yaw: -0.25, roll: 0.125 },
};

describe('frames of the bridge', () => {
  it('carry a pose', () => {
    const bytes = encodePoseFrame(12.5, 'lost', pose);
    expect(bytes).toHaveLength(196);
    expect(decodeBridgeFrame(bytes)).toEqual({
      ok: true,
      value: { kind: 'pose', timeMs: 12.5, state: 'lost', pose },
    });
  });

  it.each<FaceSample>([
    face,
    { ...face, gaze: { pitch: 0.25, yaw: -0.5 } },
    { ...face, parts: ['eyes', 'head'] },
    { ...face, parts: [] },
  ])('carry a face %#', (sample) => {
    expect(decodeBridgeFrame(encodeFaceFrame(7.25, sample))).toEqual({
      ok: true,
      value: { kind: 'face', timeMs: 7.25, sample },
    });
  });

  it('carry that there is no face', () => {
    expect(decodeBridgeFrame(encodeFaceFrame(3, null))).toEqual({
      ok: true,
      value: { kind: 'face', timeMs: 3, sample: null },
    });
  });

  it('are read where they begin inside a larger buffer', () => {
    const padded = new Uint8Array(300);
    padded.set(encodePoseFrame(1, 'idle', pose), 3);
    expect(decodeBridgeFrame(padded.subarray(3, 199)).ok).toBe(true);
  });

  it('are read or refused, whatever the bytes', () => {
    const next = seededRandom(5);
    const frames = [encodePoseFrame(1, 'tracking', pose), encodeFaceFrame(1, face)];
    let refused = 0;
    for (let i = 0; i < 20_000; i++) {
      const bytes = frames[next() % 2]!.slice(0, next() % 8 === 0 ? next() % 250 : 250);
      for (let edits = next() % 6; edits > 0; edits--) bytes[next() % bytes.length] = next();
      const result = decodeBridgeFrame(bytes);
      if (!result.ok) refused++;
      else if (result.value.kind === 'pose') expect(result.value.pose.every(Number.isFinite)).toBe(true);
    }
    expect(refused).toBeGreaterThan(2000);
    expect(refused).toBeLessThan(18_000);
  });
});

describe('text of the bridge', () => {
  const status = {
    type: 'status',
    state: 'tracking',
    driving: 'vmc',
    sources: [{ source: 'vmc', packetsPerSecond: 60, badPackets: 1 }],
  };

  it('is read', () => {
    const hello = { type: 'hello', format: 'tha4-bridge', version: 1, stream: 'pose' };
    expect(parseBridgeText(JSON.stringify(hello))).toEqual({ ok: true, value: hello });
    expect(parseBridgeText(JSON.stringify(status))).toEqual({ ok: true, value: status });
  });

  it('of a page is read, too', () => {
    expect(parseBridgeCommand('{"type":"look-straight"}')).toEqual({ ok: true, value: { type: 'look-straight' } });
    for (const text of ['', 'null', '{}', '{"type":"hello"}', '['.repeat(15_000), ' '.repeat(20_000)]) {
      expect(parseBridgeCommand(text).ok).toBe(false);
    }
  });

  it.each([
    '',
    'null',
    '[]',
    '{"type":"hello"}',
    '{"type":"hello","format":"tha4-bridge","version":2,"stream":"pose"}',
    JSON.stringify({ ...status, driving: 'nobody' }),
    JSON.stringify({ ...status, sources: null }),
    ' '.repeat(20_000),
    '['.repeat(15_000),
  ])('is refused without an error: %j', (text) => {
    expect(parseBridgeText(text).ok).toBe(false);
  });
});
