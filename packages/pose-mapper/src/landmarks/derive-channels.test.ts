import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { faceLandmarks, sampleOf } from '../../test/samples.ts';
import { BLENDSHAPE, BLENDSHAPE_COUNT } from '../sample/blendshape-names.ts';
import { deriveChannels } from './derive-channels.ts';
import { type FaceMetrics, measureFace } from './face-metrics.ts';
import { RestMetrics } from './rest-metrics.ts';

const empty = (): FaceMetrics => ({ eyeLeft: 0, eyeRight: 0, noseLeft: 0, noseRight: 0, cheeks: 0 });
const rest = measureFace(faceLandmarks(), empty())!;

/** The channels of a face that differs from a calm one as given. */
function derive(change: Parameters<typeof faceLandmarks>[0], channels: Parameters<typeof sampleOf>[1] = {}) {
  const read = Float64Array.from(sampleOf(0, channels).blendshapes);
  deriveChannels(read, measureFace(faceLandmarks(change), empty())!, rest);
  return (name: keyof typeof BLENDSHAPE) => read[BLENDSHAPE[name]]!;
}

describe('channels that MediaPipe does not move', () => {
  test('a calm face moves none', () => {
    const read = new Float64Array(BLENDSHAPE_COUNT);
    deriveChannels(read, rest, rest);
    expect(read.every((value) => value === 0)).toBe(true);
  });

  test('wide and shut eyes, each side on its own', () => {
    const wide = derive({ eyeLeft: 1.6 });
    expect(wide('eyeWideLeft')).toBeGreaterThan(0.9);
    expect(wide('eyeWideRight')).toBe(0);
    const wink = derive({ eyeRight: 0.4 });
    expect(wink('eyeBlinkRight')).toBeGreaterThan(0.95);
    expect(wink('eyeBlinkLeft')).toBe(0);
    expect(derive({ eyeLeft: 0.7, eyeRight: 0.7 })('eyeBlinkLeft')).toBe(0);
  });

  test('a wrinkled nose and puffed cheeks; a smile puffs none', () => {
    expect(derive({ nose: 0.78 })('noseSneerLeft')).toBeGreaterThan(0.9);
    expect(derive({ cheeks: 1.16 })('cheekPuff')).toBeGreaterThan(0.9);
    expect(derive({ cheeks: 1.16 }, { mouthSmileLeft: 0.6, mouthSmileRight: 0.6 })('cheekPuff')).toBe(0);
  });

  test('a channel that the tracker moves further is kept', () => {
    expect(derive({}, { eyeWideLeft: 0.7 })('eyeWideLeft')).toBeCloseTo(0.7, 6);
  });
});

describe('on what MediaPipe’s landmarks measure in the webcam clips', () => {
  type Row = [
    frame: number,
    eyeLeft: number,
    eyeRight: number,
    noseLeft: number,
    noseRight: number,
    cheeks: number,
    ...number[],
  ];
  const recorded = JSON.parse(
    readFileSync(new URL('../../test/golden/landmark-metrics.json', import.meta.url), 'utf8'),
  ) as Record<'blinkjaw' | 'yawpitch' | 'roll15' | 'move', Row[]>;
  const metricsOf = ([, eyeLeft, eyeRight, noseLeft, noseRight, cheeks]: Row): FaceMetrics => ({
    eyeLeft,
    eyeRight,
    noseLeft,
    noseRight,
    cheeks,
  });
  const calm = metricsOf(recorded.blinkjaw[0]!);
  const channelsOf = (row: Row) => {
    const read = new Float64Array(BLENDSHAPE_COUNT);
    deriveChannels(read, metricsOf(row), calm);
    return read;
  };

  test('a head that rolls, turns, nods or moves raises none', () => {
    for (const clip of ['yawpitch', 'roll15', 'move'] as const) {
      for (const row of recorded[clip]) expect(Math.max(...channelsOf(row)), `${clip} ${row[0]}`).toBe(0);
    }
  });

  test('an eye that shuts is shut, where MediaPipe’s channel says 0.4 at most; the other stays open', () => {
    const at = (frame: number) => channelsOf(recorded.blinkjaw.find(([n]) => n === frame)!);
    expect(at(20)[BLENDSHAPE.eyeBlinkLeft]).toBeGreaterThan(0.85);
    expect(at(20)[BLENDSHAPE.eyeBlinkRight]).toBe(0);
    expect(at(60)[BLENDSHAPE.eyeBlinkRight]).toBeGreaterThan(0.95);
    expect(at(60)[BLENDSHAPE.eyeBlinkLeft]).toBe(0);
    expect(Math.max(...recorded.blinkjaw.flatMap((row) => row.slice(6)))).toBeLessThan(0.41);
    expect(Math.max(...at(100))).toBe(0);
  });
});

test('measures are the same wherever the face is, and in any picture', () => {
  const moved = measureFace(faceLandmarks({}, { scale: 0.5, x: 0.3, y: 0.1, roll: 0.4 }), empty())!;
  const wide = measureFace(faceLandmarks({}, { aspect: 16 / 9 }), empty())!;
  for (const name of ['eyeLeft', 'noseRight', 'cheeks'] as const) {
    expect(moved[name]).toBeCloseTo(rest[name], 4);
    expect(wide[name]).toBeCloseTo(rest[name], 4);
  }
  const torn = faceLandmarks();
  torn.points[386 * 3] = Number.NaN;
  expect(measureFace(torn, empty())).toBeNull();
  expect(measureFace({ points: new Float32Array(478 * 3), aspect: 1 }, empty())).toBeNull();
});

test('the running rest forgets how it began, and a blink does not move it', () => {
  const guess = new RestMetrics();
  expect(guess.value).toBeNull();
  const face = (eye: number) => ({ ...rest, eyeLeft: eye * rest.eyeLeft });
  guess.update(0, face(0.8));
  for (let i = 1; i < 150; i++) guess.update(i * 33, face(1));
  expect(guess.value!.eyeLeft / rest.eyeLeft).toBeGreaterThan(0.98);
  for (let i = 150; i < 156; i++) guess.update(i * 33, face(0.1));
  expect(guess.value!.eyeLeft / rest.eyeLeft).toBeGreaterThan(0.98);
});
