import { describe, expect, test } from 'vitest';
import { sampleOf } from '../../test/samples.ts';
import { POSE, POSE_SIZE, type PoseName } from '../pose/names.ts';
import type { BlendshapeName } from '../sample/blendshape-names.ts';
import { mapAsOriginal } from './map-as-original.ts';
import { mapFace } from './map-face.ts';
import { DEFAULT_MAPPING, type MappingSettings } from './settings.ts';

const EXPRESSIVE: MappingSettings = { ...DEFAULT_MAPPING, style: 'expressive', brows: 'auto' };

function poseOf(channels: Partial<Record<BlendshapeName, number>>, settings = EXPRESSIVE) {
  const pose = mapFace(sampleOf(0, channels), settings, new Float64Array(POSE_SIZE));
  return (name: PoseName) => pose[POSE[name]]!;
}

test('a calm face is a neutral pose', () => {
  expect(mapFace(sampleOf(0), EXPRESSIVE, new Float64Array(POSE_SIZE)).every((value) => value + 0 === 0)).toBe(true);
});

test('in style `original` it is the original', () => {
  const sample = sampleOf(0, { jawOpen: 0.3, mouthSmileLeft: 0.7, eyeBlinkRight: 0.4, browDownLeft: 0.2 });
  const original = mapAsOriginal(sample, DEFAULT_MAPPING, new Float64Array(POSE_SIZE));
  expect(mapFace(sample, DEFAULT_MAPPING, new Float64Array(POSE_SIZE))).toEqual(original);
});

describe('brows by themselves', () => {
  const down = { browDownLeft: 0.4, browDownRight: 0.4 };
  const strongest = (channels: Partial<Record<BlendshapeName, number>>) => {
    const at = poseOf({ ...down, ...channels });
    const names = ['eyebrow_troubled_left', 'eyebrow_angry_left', 'eyebrow_serious_left'] as const;
    return [...names].sort((a, b) => at(b) - at(a))[0];
  };

  test('are chosen by the rest of the face', () => {
    expect(strongest({})).toBe('eyebrow_angry_left');
    expect(strongest({ noseSneerLeft: 0.6, noseSneerRight: 0.6 })).toBe('eyebrow_angry_left');
    expect(strongest({ browInnerUp: 0.5 })).toBe('eyebrow_troubled_left');
    expect(strongest({ mouthFrownLeft: 0.5, mouthFrownRight: 0.5 })).toBe('eyebrow_troubled_left');
    expect(strongest({ eyeSquintLeft: 0.9, eyeSquintRight: 0.9 })).toBe('eyebrow_serious_left');
  });

  test('go from one to the other without a jump', () => {
    let last = poseOf(down);
    for (let step = 1; step <= 100; step++) {
      const at = poseOf({ ...down, browInnerUp: step / 100 });
      expect(Math.abs(at('eyebrow_angry_left') - last('eyebrow_angry_left'))).toBeLessThan(0.12);
      last = at;
    }
  });

  test('a mode that was chosen is kept', () => {
    const at = poseOf({ ...down, browInnerUp: 0.5 }, { ...EXPRESSIVE, brows: 'lowered' });
    expect(at('eyebrow_lowered_left')).toBe(1);
    expect(at('eyebrow_troubled_left')).toBe(0);
  });
});

describe('the mouth', () => {
  test('opens without a jump where the original jumps', () => {
    const teeth = { mouthLowerDownLeft: 0.4, mouthLowerDownRight: 0.4 };
    const jump = (settings: MappingSettings) => {
      let worst = 0;
      let last = poseOf({ ...teeth, jawOpen: 0 }, settings);
      for (let jaw = 0.002; jaw < 0.5; jaw += 0.002) {
        const at = poseOf({ ...teeth, jawOpen: jaw }, settings);
        for (const name of ['mouth_aaa', 'mouth_iii'] as const)
          worst = Math.max(worst, Math.abs(at(name) - last(name)));
        last = at;
      }
      return worst;
    };
    expect(jump(DEFAULT_MAPPING)).toBeGreaterThan(0.5);
    expect(jump(EXPRESSIVE)).toBeLessThan(0.06);
  });

  test('opens where only the jaw moves, smiles and frowns on one side, and pouts', () => {
    expect(poseOf({ jawOpen: 0.4 })('mouth_aaa')).toBeGreaterThan(0.6);
    expect(poseOf({ jawOpen: 0.4 }, DEFAULT_MAPPING)('mouth_aaa')).toBeLessThan(0.6);
    const smirk = poseOf({ mouthSmileLeft: 0.7 });
    expect([smirk('mouth_raised_corner_left'), smirk('mouth_raised_corner_right')]).toEqual([
      expect.closeTo(0.7, 6),
      0,
    ]);
    expect(poseOf({ mouthFrownRight: 0.3 })('mouth_lowered_corner_right')).toBeCloseTo(1, 6);
    expect(poseOf({ mouthFrownRight: 0.3 })('mouth_lowered_corner_left')).toBe(0);
    expect(poseOf({ cheekPuff: 0.9 })('mouth_uuu')).toBeGreaterThan(0.4);
  });

  test('says e where the corners are drawn apart', () => {
    const flat = { jawOpen: 0.15, mouthLowerDownLeft: 0.5, mouthLowerDownRight: 0.5 };
    expect(poseOf(flat)('mouth_eee')).toBe(0);
    const e = poseOf({ ...flat, mouthStretchLeft: 0.6, mouthStretchRight: 0.6 });
    expect(e('mouth_eee')).toBeGreaterThan(0.3);
    expect(e('mouth_iii')).toBe(0);
  });
});

describe('the eyes', () => {
  test('agree on a blink, and part for a wink', () => {
    const blink = poseOf({ eyeBlinkLeft: 0.5, eyeBlinkRight: 0.44 });
    expect(blink('eye_wink_left') - blink('eye_wink_right')).toBeLessThan(0.04);
    const wink = poseOf({ eyeBlinkLeft: 0.75, eyeBlinkRight: 0.2 });
    expect(wink('eye_wink_left')).toBeGreaterThan(0.99);
    expect(wink('eye_wink_right')).toBeLessThan(0.15);
  });

  test('are not surprised while shut; a smile lifts the lower lid', () => {
    expect(poseOf({ eyeWideLeft: 0.5, eyeBlinkLeft: 0.8, eyeBlinkRight: 0.8 })('eye_surprised_left')).toBe(0);
    const smile = { mouthSmileLeft: 0.8, mouthSmileRight: 0.8 };
    expect(poseOf({ ...smile, eyeSquintLeft: 0.8 })('eye_raised_lower_eyelid_left')).toBeGreaterThan(0.5);
    expect(poseOf({ eyeSquintLeft: 0.8 })('eye_raised_lower_eyelid_left')).toBe(0);
  });
});
