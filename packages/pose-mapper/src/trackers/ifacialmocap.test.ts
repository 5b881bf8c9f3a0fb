import { describeShared, readSharedJson } from '@tha4/test-utils';
import { describe, expect, it } from 'vitest';
import { BLENDSHAPE, type BlendshapeName } from '../sample/blendshape-names.ts';
import { FrameSplitter } from './frame-splitter.ts';
import { IFACIALMOCAP_PORT, IFACIALMOCAP_REQUEST, PHONE_FRAME_ENDS, parseIFacialMocap } from './ifacialmocap.ts';

const V2 =
  'eyeBlink_L&25|eyeBlink_R&0|mouthLeft&4|jaw_R&7|browInnerUp&-3|FM_tongue&80|hapihapi&0|trackingStatus&1|=head#9.5,-1.25,2,0.4,-0.2,-0.3|rightEye#12,3,1|leftEye#12,-3,-9|';
const V1 = V2.replaceAll('&', '-');

describe.each([
  ['version 2', V2],
  ['version 1', V1],
])('iFacialMocap, %s', (_, text) => {
  it('reads shapes of any spelling and the head', () => {
    const result = parseIFacialMocap(text, 11);
    if (!result.ok) throw new Error(result.reason);
    const { blendshapes, rotation, timeMs } = result.value;
    const got = (name: BlendshapeName) => blendshapes[BLENDSHAPE[name]];
    expect(timeMs).toBe(11);
    expect([got('eyeBlinkLeft'), got('eyeBlinkRight')]).toEqual([0.25, 0]);
    expect(got('mouthLeft')).toBeCloseTo(0.04);
    expect(got('jawRight')).toBeCloseTo(0.07);
    expect(got('browInnerUp')).toBeCloseTo(-0.03);
    expect(got('tongueOut')).toBe(0);
    expect(rotation.pitch).toBeCloseTo((9.5 * Math.PI) / 180);
    expect(rotation.yaw).toBeCloseTo((-1.25 * Math.PI) / 180);
    expect(rotation.roll).toBeCloseTo((2 * Math.PI) / 180);
  });
});

it.each([
  ['', 'nothing'],
  ['eyeBlink_L&25', 'no head'],
  ['=head#1,2,3,4,5,6', 'no shapes'],
  ['eyeBlink_L&x|=head#1,2,3,4,5,6', 'a word'],
  ['eyeBlink_L&|=head#1,2,3,4,5,6', 'an empty value'],
  ['eyeBlink_L&0x10|=head#1,2,3,4,5,6', 'a hexadecimal'],
  ['eyeBlink_L&1e999|=head#1,2,3,4,5,6', 'no end'],
  ['eyeBlink_L&1|=head#1,2,3', 'a short head'],
  ['eyeBlink_L&1|=head#1,2,3,4,5,6,7', 'a long head'],
  ['eyeBlink_L&1|=head#1,2,NaN,4,5,6', 'a head that is none'],
  [`${'eyeBlink_L&1|'.repeat(2000)}=head#1,2,3,4,5,6`, 'too much'],
])('refuses %j: %s', (text) => {
  expect(parseIFacialMocap(text, 0).ok).toBe(false);
});

describe('frames on a TCP connection', () => {
  it('come whole however they were cut', () => {
    const stream = `${V2}___iFacialMocap${V1}___iFacialMocap___FACEMOTION3D${V2}___FACEMOTION3D${V2.slice(0, 40)}`;
    for (const size of [1, 7, 100, 1000, stream.length]) {
      const splitter = new FrameSplitter(PHONE_FRAME_ENDS);
      const frames: string[] = [];
      for (let at = 0; at < stream.length; at += size) frames.push(...splitter.push(stream.slice(at, at + size)));
      expect(frames).toEqual([V2, V1, V2]);
    }
  });

  it('does not keep what never ends', () => {
    const splitter = new FrameSplitter(PHONE_FRAME_ENDS);
    let frames = 0;
    for (let i = 0; i < 100; i++) frames += splitter.push('x'.repeat(1000)).length;
    expect(frames).toBe(3);
    expect(splitter.push('___iFacialMocap')).toHaveLength(1);
    expect(splitter.push(`${V2}___iFacialMocap`)).toEqual([V2]);
  });
});

interface Golden {
  readonly port: number;
  readonly handshake: string;
  readonly datagrams: readonly { readonly datagram: string; readonly parsed: Readonly<Record<string, unknown>> }[];
}

describeShared('the original’s parser', () => {
  it('makes the same of 20 texts of both versions', () => {
    const { port, handshake, datagrams } = readSharedJson<Golden>('golden/pose-mapping/ifacialmocap_datagrams.json');
    expect([port, handshake]).toEqual([IFACIALMOCAP_PORT, IFACIALMOCAP_REQUEST.udp]);
    expect(datagrams).toHaveLength(20);
    for (const { datagram, parsed } of datagrams) {
      const result = parseIFacialMocap(datagram, 0);
      if (!result.ok) throw new Error(result.reason);
      const { blendshapes, rotation } = result.value;
      for (const [name, index] of Object.entries(BLENDSHAPE)) {
        expect(blendshapes[index], name).toBeCloseTo((parsed[name] as number | undefined) ?? 0, 6);
      }
      expect(rotation.pitch).toBeCloseTo(parsed.headBoneX as number, 9);
      expect(rotation.yaw).toBeCloseTo(parsed.headBoneY as number, 9);
      expect(rotation.roll).toBeCloseTo(parsed.headBoneZ as number, 9);
    }
  });
});
