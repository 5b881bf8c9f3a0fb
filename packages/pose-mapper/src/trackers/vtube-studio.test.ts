import { describe, expect, it } from 'vitest';
import { mapAsOriginal } from '../mapping/map-as-original.ts';
import { DEFAULT_MAPPING } from '../mapping/settings.ts';
import { POSE, POSE_SIZE } from '../pose/names.ts';
import { BLENDSHAPE as B } from '../sample/blendshape-names.ts';
import {
  faceOfVtsParameters,
  parseVtsAnswer,
  vtsAuthenticationRequest,
  vtsInjectPose,
  vtsParametersRequest,
  vtsTokenRequest,
} from './vtube-studio-api.ts';
import { parseVtsPhone, vtsPhoneRequest } from './vtube-studio-phone.ts';

const FRAME = {
  Timestamp: 1_700_000_000_000,
  Hotkey: -1,
  FaceFound: true,
  Rotation: { x: 10, y: -5, z: 2 },
  Position: { x: 0, y: 0, z: 0 },
  EyeLeft: { x: 0, y: 0, z: 0 },
  EyeRight: { x: 0, y: 0, z: 0 },
  BlendShapes: [
    { k: 'JawOpen', v: 0.5 },
    { k: 'EyeBlinkLeft', v: 0.25 },
    { k: 'Unknown', v: 1 },
  ],
  SomethingNew: [],
};

describe('VTube Studio on a phone', () => {
  it('reads a frame, yaw in x and pitch in y', () => {
    const result = parseVtsPhone(JSON.stringify(FRAME), 4);
    if (!result.ok || result.value === null) throw new Error('no face');
    const { blendshapes, rotation } = result.value;
    expect([blendshapes[B.jawOpen], blendshapes[B.eyeBlinkLeft]]).toEqual([0.5, 0.25]);
    expect(rotation.yaw).toBeCloseTo((10 * Math.PI) / 180);
    expect(rotation.pitch).toBeCloseTo((-5 * Math.PI) / 180);
    expect(rotation.roll).toBeCloseTo((2 * Math.PI) / 180);
  });

  it('reads what Android phones send', () => {
    const BlendShapes = [
      { k: 'browInnerUp_L', v: 0.5 },
      { k: 'browInnerUp_R', v: 0.25 },
      { k: 'eyeLookOut_L', v: 0.5 },
    ];
    const result = parseVtsPhone(JSON.stringify({ ...FRAME, BlendShapes }), 0);
    if (!result.ok || result.value === null) throw new Error('no face');
    expect(result.value.blendshapes[B.browInnerUp]).toBeCloseTo(0.375);
    expect(result.value.blendshapes[B.eyeLookOutLeft]).toBe(0.5);
  });

  it('says that there is no face', () => {
    expect(parseVtsPhone(JSON.stringify({ ...FRAME, FaceFound: false }), 0)).toEqual({ ok: true, value: null });
  });

  it.each([
    ['not JSON', '{'],
    ['null', 'null'],
    ['no FaceFound', '{}'],
    ['no rotation', JSON.stringify({ ...FRAME, Rotation: null })],
    ['a rotation of words', JSON.stringify({ ...FRAME, Rotation: { x: 'a', y: 0, z: 0 } })],
    ['a number too large', JSON.stringify(FRAME).replace('10', '1e999')],
    ['no shapes', JSON.stringify({ ...FRAME, BlendShapes: {} })],
    ['shapes of words', JSON.stringify({ ...FRAME, BlendShapes: [{ k: 'JawOpen', v: '1' }] })],
    ['unknown shapes only', JSON.stringify({ ...FRAME, BlendShapes: [{ k: 'x', v: 1 }] })],
    ['a shape that is null', JSON.stringify({ ...FRAME, BlendShapes: [null] })],
    ['too much', `${JSON.stringify(FRAME)}${' '.repeat(40_000)}`],
    ['a deep nest', '['.repeat(30_000)],
  ])('refuses %s', (_, text) => {
    expect(parseVtsPhone(text, 0).ok).toBe(false);
  });

  it('asks for frames', () => {
    expect(JSON.parse(vtsPhoneRequest(1234))).toEqual({
      messageType: 'iOSTrackingDataRequest',
      time: 5,
      sentBy: 'tha4',
      ports: [1234],
    });
  });
});

describe('VTube Studio on a computer', () => {
  const answer = (messageType: string, data: object) =>
    JSON.stringify({ apiName: 'VTubeStudioPublicAPI', apiVersion: '1.0', requestID: 'x', messageType, data });
  const plugin = { pluginName: 'tha4', pluginDeveloper: 'tha4' };

  it('is asked in its own words', () => {
    for (const [text, messageType] of [
      [vtsTokenRequest(plugin), 'AuthenticationTokenRequest'],
      [vtsAuthenticationRequest(plugin, 'abc'), 'AuthenticationRequest'],
      [vtsParametersRequest(), 'InputParameterListRequest'],
      [vtsInjectPose(new Float32Array(45), true), 'InjectParameterDataRequest'],
    ] as const) {
      expect(JSON.parse(text)).toMatchObject({ apiName: 'VTubeStudioPublicAPI', apiVersion: '1.0', messageType });
    }
    expect(JSON.parse(vtsAuthenticationRequest(plugin, 'abc')).data).toEqual({ ...plugin, authenticationToken: 'abc' });
  });

  it('answers', () => {
    const read = (messageType: string, data: object) => {
      const result = parseVtsAnswer(answer(messageType, data));
      return result.ok ? result.value : null;
    };
    expect(read('AuthenticationTokenResponse', { authenticationToken: 't' })).toEqual({ type: 'token', token: 't' });
    expect(read('AuthenticationResponse', { authenticated: true, reason: 'fine' })).toEqual({
      type: 'authenticated',
      ok: true,
      reason: 'fine',
    });
    expect(read('APIError', { errorID: 50, message: 'denied' })).toEqual({
      type: 'error',
      code: 50,
      message: 'denied',
    });
    expect(read('VTubeStudioAPIStateBroadcast', {})).toEqual({
      type: 'other',
      messageType: 'VTubeStudioAPIStateBroadcast',
    });
    const parameters = { defaultParameters: [{ name: 'FaceAngleX', value: 10 }, null, { name: 'x', value: 'y' }] };
    expect(read('InputParameterListResponse', parameters)).toEqual({
      type: 'parameters',
      values: new Map([['FaceAngleX', 10]]),
    });
    for (const text of ['', 'null', '{}', answer('AuthenticationTokenResponse', {}), '['.repeat(200_000)]) {
      expect(parseVtsAnswer(text).ok).toBe(false);
    }
  });

  it('takes back the pose that it was given', () => {
    const pose = new Float32Array(POSE_SIZE);
    pose[POSE.head_x] = 0.5;
    pose[POSE.head_y] = 0.25;
    pose[POSE.neck_z] = -0.5;
    pose[POSE.eye_wink_right] = 1;
    pose[POSE.iris_rotation_y] = 0.5;
    pose[POSE.mouth_aaa] = 1;
    const sent = JSON.parse(vtsInjectPose(pose, true)).data.parameterValues as { id: string; value: number }[];
    const face = faceOfVtsParameters(new Map(sent.map(({ id, value }) => [id, value])), 0)!;
    const back = mapAsOriginal(face, DEFAULT_MAPPING, new Float32Array(POSE_SIZE));
    for (const name of ['head_x', 'head_y', 'neck_z', 'eye_wink_right', 'eye_wink_left'] as const) {
      expect(back[POSE[name]], name).toBeCloseTo(pose[POSE[name]]!, 5);
    }
    expect(back[POSE.iris_rotation_y]).toBeGreaterThan(0.4);
    expect(back[POSE.mouth_aaa]).toBeGreaterThan(0.9);
    expect(faceOfVtsParameters(new Map(), 0)).toBeNull();
    expect(faceOfVtsParameters(new Map([['FaceFound', 0]]), 0)).toBeNull();
  });
});
