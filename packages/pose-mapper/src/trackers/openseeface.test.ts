import { describe, expect, it } from 'vitest';
import { type OpenSeeFaceFace, openSeeFacePacket } from '../../test/openseeface-packet.ts';
import { BLENDSHAPE as B } from '../sample/blendshape-names.ts';
import type { FaceSample } from '../sample/face-sample.ts';
import { parseOpenSeeFace } from './openseeface.ts';

function read(...faces: OpenSeeFaceFace[]): FaceSample {
  const result = parseOpenSeeFace(openSeeFacePacket(...faces), 5);
  if (!result.ok || result.value === null) throw new Error('no face');
  return result.value;
}

const degrees = ({ rotation: { pitch, yaw, roll } }: FaceSample) =>
  [pitch, yaw, roll].map((angle) => Math.round((angle * 180) / Math.PI));

describe('OpenSeeFace', () => {
  it('reads a calm face as nothing', () => {
    const face = read({});
    expect(face.timeMs).toBe(5);
    expect(Math.max(...face.blendshapes.map(Math.abs))).toBe(0);
    expect(degrees(face)).toEqual([0, 0, 0]);
  });

  // From solving the tracker's own fit for known rotations: 10 degrees of pitch, yaw and roll read
  // (174.2, 13.2, 88.0), (164.6, 23.2, 84.9) and (168.2, 15.2, 98.1), against (165.8, 13.1, 88.0) straight ahead.
  it.each([
    [[174.2, 13.2, 88], 0],
    [[164.6, 23.2, 84.9], 1],
    [[168.2, 15.2, 98.1], 2],
  ] as const)('angles rise with pitch, yaw and roll: %j', (euler, axis) => {
    const straight = degrees(read({ euler: [165.8, 13.1, 88] }));
    const turned = degrees(read({ euler }));
    expect(Math.abs(turned[axis]! - straight[axis]! - 10)).toBeLessThanOrEqual(2);
  });

  it('goes on over the seam at 180 degrees', () => {
    expect(degrees(read({ euler: [175, 10, 90] }))).toEqual([-5, 0, 0]);
    expect(degrees(read({ euler: [-175, 10, 90] }))).toEqual([5, 0, 0]);
  });

  it('reads eyes, brows, mouth and gaze by their sides', () => {
    const features = { 3: 0.5, 6: -0.25, 8: -0.4, 10: 0.2, 12: 0.5 };
    const { blendshapes: shapes } = read({ eyesOpen: { right: 0.25, left: 1 }, features, gaze: [0.05, -0.02] });
    expect(shapes[B.eyeBlinkRight]).toBeCloseTo(0.75);
    expect(shapes[B.eyeBlinkLeft]).toBe(0);
    expect([shapes[B.browOuterUpLeft], shapes[B.browDownRight]]).toEqual([0.5, 0.25]);
    expect(shapes[B.mouthSmileLeft]).toBeCloseTo(0.8);
    expect(shapes[B.mouthFrownRight]).toBeCloseTo(0.4);
    expect(shapes[B.jawOpen]).toBeCloseTo(0.4);
    expect(shapes[B.eyeLookOutRight]).toBeGreaterThan(0.5);
    expect(shapes[B.eyeLookOutRight]).toBe(shapes[B.eyeLookInLeft]);
    expect(shapes[B.eyeLookUpLeft]).toBeGreaterThan(0.2);
    expect(shapes[B.eyeLookDownLeft]).toBe(0);
  });

  it('takes the face that was there first', () => {
    expect(degrees(read({ id: 4, euler: [180, 40, 90] }, { id: 1, euler: [180, 20, 90] }))).toEqual([0, 10, 0]);
  });

  it('says that there is no face where the fit is bad', () => {
    for (const fit of [
      { ok: false, error: 1 },
      { ok: true, error: 101 },
      { ok: true, error: Number.NaN },
    ]) {
      expect(parseOpenSeeFace(openSeeFacePacket({ fit }), 0)).toEqual({ ok: true, value: null });
    }
  });

  it('refuses other sizes and numbers that are none', () => {
    const packet = openSeeFacePacket({});
    for (const bytes of [new Uint8Array(0), packet.subarray(1), new Uint8Array(1784)]) {
      expect(parseOpenSeeFace(bytes, 0).ok).toBe(false);
    }
    expect(parseOpenSeeFace(openSeeFacePacket({ euler: [Number.NaN, 0, 0] }), 0).ok).toBe(false);
    expect(parseOpenSeeFace(openSeeFacePacket({ features: { 12: Number.POSITIVE_INFINITY } }), 0).ok).toBe(false);
  });
});
