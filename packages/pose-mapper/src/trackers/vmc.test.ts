import { describe, expect, it } from 'vitest';
import { mapAsOriginal } from '../mapping/map-as-original.ts';
import { DEFAULT_MAPPING } from '../mapping/settings.ts';
import { encodeOscBundle, encodeOscMessage, type OutgoingMessage } from '../osc/encode-osc.ts';
import { POSE, POSE_SIZE, type PoseName } from '../pose/names.ts';
import { BLENDSHAPE } from '../sample/blendshape-names.ts';
import type { FaceSample } from '../sample/face-sample.ts';
import { rotationOfUnity, unityOfRotation } from './rotation.ts';
import { VmcReader } from './vmc-reader.ts';
import { encodeVmcPose } from './vmc-writer.ts';

const value = (name: string, amount: number): OutgoingMessage => ({
  address: '/VMC/Ext/Blend/Val',
  args: [name, amount],
});
const APPLY: OutgoingMessage = { address: '/VMC/Ext/Blend/Apply', args: [] };
const bone = (name: string, x: number, y: number, z: number, w: number): OutgoingMessage => ({
  address: '/VMC/Ext/Bone/Pos',
  args: [name, 0, 0, 0, x, y, z, w],
});

function read(reader: VmcReader, ...messages: OutgoingMessage[]): FaceSample | null {
  const result = reader.read(encodeOscBundle(messages), 3);
  if (!result.ok) throw new Error(result.reason);
  return result.value;
}

describe('VMC received', () => {
  it('stages blendshapes until they are applied, over several packets', () => {
    const reader = new VmcReader();
    expect(read(reader, value('JawOpen', 0.25))).toBeNull();
    expect(read(reader, value('eyeBlinkLeft', 0.5))).toBeNull();
    const face = read(reader, APPLY)!;
    expect(face.blendshapes[BLENDSHAPE.jawOpen]).toBe(0.25);
    expect(face.blendshapes[BLENDSHAPE.eyeBlinkLeft]).toBe(0.5);
    expect(face.parts).toEqual(expect.arrayContaining(['mouth', 'eyes']));
    expect(face.parts).not.toContain('head');
    // What is not named again stays.
    expect(read(reader, value('jawOpen', 0), APPLY)!.blendshapes[BLENDSHAPE.eyeBlinkLeft]).toBe(0.5);
  });

  it('reads a single message without a bundle', () => {
    const reader = new VmcReader();
    expect(reader.read(encodeOscMessage(value('Blink', 1)), 0)).toEqual({ ok: true, value: null });
    const result = reader.read(encodeOscMessage(APPLY), 0);
    expect(result.ok && result.value?.blendshapes[BLENDSHAPE.eyeBlinkRight]).toBe(1);
  });

  it.each([
    ['A', 'mouth_aaa'],
    ['aa', 'mouth_aaa'],
    ['I', 'mouth_iii'],
    ['ou', 'mouth_uuu'],
    ['O', 'mouth_ooo'],
    ['Blink_L', 'eye_wink_left'],
    ['blinkRight', 'eye_wink_right'],
    ['Angry', 'eyebrow_angry_left'],
    ['Joy', 'mouth_raised_corner_right'],
    ['Sorrow', 'mouth_lowered_corner_left'],
    ['Surprised', 'eye_surprised_left'],
  ] as const)('%s becomes %s', (name, parameter) => {
    const face = read(new VmcReader(), value(name, 1), APPLY)!;
    const pose = mapAsOriginal(face, DEFAULT_MAPPING, new Float32Array(POSE_SIZE));
    expect(pose[POSE[parameter]]).toBeGreaterThan(0.85);
    for (const other of ['mouth_aaa', 'mouth_iii', 'mouth_uuu', 'mouth_ooo'] as PoseName[]) {
      if (other !== parameter) expect(pose[POSE[other]], other).toBeLessThan(0.15);
    }
  });

  // Unity: left-handed, x to the person's own right, y up, z forward; a turn about an axis is clockwise seen along it.
  it.each([
    ['nose down', [Math.sin(0.1), 0, 0, Math.cos(0.1)], [0.2, 0, 0]],
    ['nose to the own right', [0, Math.sin(0.1), 0, Math.cos(0.1)], [0, -0.2, 0]],
    ['head to the own left', [0, 0, Math.sin(0.1), Math.cos(0.1)], [0, 0, -0.2]],
  ] as const)('turns of the head: %s', (_, [x, y, z, w], [pitch, yaw, roll]) => {
    const { rotation } = read(new VmcReader(), bone('Head', x, y, z, w))!;
    expect(rotation.pitch).toBeCloseTo(pitch, 6);
    expect(rotation.yaw).toBeCloseTo(yaw, 6);
    expect(rotation.roll).toBeCloseTo(roll, 6);
  });

  it('adds what neck and spine do, and leaves arms alone', () => {
    const reader = new VmcReader();
    read(reader, bone('neck', 0, Math.sin(0.05), 0, Math.cos(0.05)));
    expect(read(reader, bone('LeftHand', 0, 1, 0, 0))).toBeNull();
    const face = read(reader, bone('Head', 0, Math.sin(0.1), 0, Math.cos(0.1)))!;
    expect(face.rotation.yaw).toBeCloseTo(-0.3, 6);
  });

  it('takes the gaze from bones that turn, and not from those that rest', () => {
    const reader = new VmcReader();
    expect(read(reader, bone('LeftEye', 0, 0, 0, 1), bone('RightEye', 0, 0, 0, 1))!.gaze).toBeUndefined();
    const turned = bone('LeftEye', 0, Math.sin(0.1), 0, Math.cos(0.1));
    expect(read(reader, turned)!.gaze!.yaw).toBeCloseTo(-0.1, 6);
  });

  it('refuses what is no VMC, and passes over what is of no use', () => {
    const reader = new VmcReader();
    expect(reader.read(encodeOscMessage({ address: '/avatar/parameters/x', args: [1] }), 0).ok).toBe(false);
    expect(reader.read(new Uint8Array([1, 2, 3]), 0).ok).toBe(false);
    expect(read(reader, { address: '/VMC/Ext/T', args: [3] })).toBeNull();
    expect(read(reader, value('toString', 1), value('__proto__', 1), value('NoSuchThing', 1), APPLY)).toBeNull();
    expect(read(reader, bone('Head', 0, 0, 0, 0))).toBeNull();
    expect(read(reader, bone('Head', Number.NaN, 0, 0, 1))).toBeNull();
    expect(read(reader, { address: '/VMC/Ext/Bone/Pos', args: ['Head'] })).toBeNull();
  });
});

describe('VMC sent', () => {
  it('comes back as the same pose', () => {
    const pose = new Float32Array(POSE_SIZE);
    pose[POSE.head_x] = 0.5;
    pose[POSE.head_y] = -0.75;
    pose[POSE.neck_z] = 0.25;
    pose[POSE.mouth_aaa] = 0.8;
    pose[POSE.eye_wink_left] = 1;
    const bytes = encodeVmcPose(pose, 12.5);
    expect(bytes.length).toBeLessThan(1400);
    const result = new VmcReader().read(bytes, 0);
    if (!result.ok || result.value === null) throw new Error('no face');
    const back = mapAsOriginal(result.value, DEFAULT_MAPPING, new Float32Array(POSE_SIZE));
    for (const name of ['head_x', 'head_y', 'neck_z', 'eye_wink_left', 'eye_wink_right'] as const) {
      expect(back[POSE[name]], name).toBeCloseTo(pose[POSE[name]]!, 4);
    }
    expect(back[POSE.mouth_aaa]).toBeCloseTo(0.8, 1);
  });

  it('turns rotations there and back', () => {
    for (let i = 0; i < 50; i++) {
      const rotation = { pitch: Math.sin(i), yaw: 1.4 * Math.sin(2 * i), roll: 3 * Math.cos(i) };
      const back = rotationOfUnity(unityOfRotation(rotation));
      for (const axis of ['pitch', 'yaw', 'roll'] as const) expect(back[axis]).toBeCloseTo(rotation[axis], 9);
    }
  });
});
