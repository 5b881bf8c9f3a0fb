import { type Parsed, parsed, refused } from '../parsed.ts';
import { POSE } from '../pose/names.ts';
import { BLENDSHAPE as B, BLENDSHAPE_COUNT } from '../sample/blendshape-names.ts';
import type { FaceSample } from '../sample/face-sample.ts';
import { rotationOfDegrees } from './rotation.ts';

/** WebSocket port of VTube Studio on a computer; its plugins' API has to be on. Pages may use it, too. */
export const VTS_API_PORT = 8001;

/** How we ask to be let in. */
export interface VtsPlugin {
  /** 3 to 32 characters each. */
  readonly pluginName: string;
  readonly pluginDeveloper: string;
}

/** A list of parameters takes about 12,000 characters. */
const LONGEST = 262_144;
const MOST_PARAMETERS = 512;

/** What VTube Studio answers, as far as it is of use here. */
export type VtsAnswer =
  | { readonly type: 'token'; readonly token: string }
  | { readonly type: 'authenticated'; readonly ok: boolean; readonly reason: string }
  /** Its input parameters, by name. */
  | { readonly type: 'parameters'; readonly values: ReadonlyMap<string, number> }
  | { readonly type: 'error'; readonly code: number; readonly message: string }
  | { readonly type: 'other'; readonly messageType: string };

/** Asks the person at VTube Studio to allow us; the answer holds a token, to be kept. */
export function vtsTokenRequest(plugin: VtsPlugin): string {
  return request('AuthenticationTokenRequest', plugin);
}

export function vtsAuthenticationRequest(plugin: VtsPlugin, authenticationToken: string): string {
  return request('AuthenticationRequest', { ...plugin, authenticationToken });
}

/** Asks for what VTube Studio's own tracking says now. */
export function vtsParametersRequest(): string {
  return request('InputParameterListRequest', {});
}

/** A pose as VTube Studio's input parameters; to be sent again at least once a second. @param pose `[45]` */
export function vtsInjectPose(pose: Float32Array, faceFound: boolean): string {
  const at = (index: number) => pose[index] ?? 0;
  const open = (side: 0 | 1) => 1 - Math.min(1, at(POSE.eye_wink_left + side) + at(POSE.eye_happy_wink_left + side));
  const mouth = at(POSE.mouth_aaa) + 0.5 * (at(POSE.mouth_uuu) + at(POSE.mouth_eee)) + at(POSE.mouth_ooo);
  const values: Readonly<Record<string, number>> = {
    FaceAngleX: -10 * at(POSE.head_y),
    FaceAngleY: -15 * at(POSE.head_x),
    FaceAngleZ: 15 * at(POSE.neck_z),
    EyeOpenLeft: open(0),
    EyeOpenRight: open(1),
    EyeLeftX: at(POSE.iris_rotation_y),
    EyeLeftY: at(POSE.iris_rotation_x),
    EyeRightX: at(POSE.iris_rotation_y),
    EyeRightY: at(POSE.iris_rotation_x),
    MouthOpen: Math.min(1, mouth),
    MouthSmile: 0.5 + 0.5 * (at(POSE.mouth_raised_corner_left) - at(POSE.mouth_lowered_corner_left)),
  };
  const parameterValues = Object.entries(values).map(([id, value]) => ({ id, value }));
  return request('InjectParameterDataRequest', { faceFound, mode: 'set', parameterValues });
}

/** Reads an answer. Never throws. Source: DenchiSoft/VTubeStudio, README. */
export function parseVtsAnswer(text: string): Parsed<VtsAnswer> {
  if (text.length > LONGEST) return refused(`VTube Studio: expected up to ${LONGEST} characters, got ${text.length}`);
  let answer: Record<string, unknown>;
  try {
    answer = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return refused('VTube Studio: expected JSON');
  }
  if (typeof answer !== 'object' || answer === null || answer.apiName !== 'VTubeStudioPublicAPI') {
    return refused('VTube Studio: expected a message of VTubeStudioPublicAPI');
  }
  const { messageType } = answer;
  if (typeof messageType !== 'string') return refused('VTube Studio: expected a messageType');
  const data = (typeof answer.data === 'object' && answer.data !== null ? answer.data : {}) as Record<string, unknown>;
  switch (messageType) {
    case 'AuthenticationTokenResponse':
      return typeof data.authenticationToken === 'string' && data.authenticationToken.length <= 1024
        ? parsed({ type: 'token', token: data.authenticationToken })
        : refused('VTube Studio: expected an authenticationToken');
    case 'AuthenticationResponse':
      return parsed({
        type: 'authenticated',
        ok: data.authenticated === true,
        reason: String(data.reason ?? '').slice(0, 200),
      });
    case 'InputParameterListResponse':
      return parsed({ type: 'parameters', values: parametersOf(data) });
    case 'APIError':
      return parsed({ type: 'error', code: Number(data.errorID), message: String(data.message ?? '').slice(0, 200) });
    default:
      return parsed({ type: 'other', messageType: messageType.slice(0, 64) });
  }
}

function parametersOf({ defaultParameters, customParameters }: Record<string, unknown>): Map<string, number> {
  const values = new Map<string, number>();
  for (const list of [defaultParameters, customParameters]) {
    if (!Array.isArray(list)) continue;
    for (const entry of list.slice(0, MOST_PARAMETERS)) {
      const { name, value } = (typeof entry === 'object' && entry !== null ? entry : {}) as Record<string, unknown>;
      if (typeof name === 'string' && name.length <= 64 && typeof value === 'number' && Number.isFinite(value)) {
        values.set(name, value);
      }
    }
  }
  return values;
}

/**
 * A face of VTube Studio's input parameters; `null` where it sees none. Angles have the signs of the phone's rotation
 * (the documentation names directions, but not whose left is meant); where the character turns the other way, mirror it.
 * `MouthSmile` and the brows rest at 0.5.
 */
export function faceOfVtsParameters(values: ReadonlyMap<string, number>, timeMs: number): FaceSample | null {
  const at = (name: string, otherwise = 0) => values.get(name) ?? otherwise;
  if (values.has('FaceFound') && at('FaceFound') === 0) return null;
  if (!values.has('FaceAngleX')) return null;
  const shapes = new Float32Array(BLENDSHAPE_COUNT);
  shapes[B.eyeBlinkLeft] = clamp(1 - at('EyeOpenLeft', 1));
  shapes[B.eyeBlinkRight] = clamp(1 - at('EyeOpenRight', 1));
  // Iris to the person's own right is +1, as in a pose.
  const right = (at('EyeLeftX') + at('EyeRightX')) / 2;
  const up = (at('EyeLeftY') + at('EyeRightY')) / 2;
  shapes[B.eyeLookInLeft] = shapes[B.eyeLookOutRight] = clamp(right);
  shapes[B.eyeLookOutLeft] = shapes[B.eyeLookInRight] = clamp(-right);
  shapes[B.eyeLookUpLeft] = shapes[B.eyeLookUpRight] = clamp(up);
  shapes[B.eyeLookDownLeft] = shapes[B.eyeLookDownRight] = clamp(-up);
  const smile = 2 * at('MouthSmile', 0.5) - 1;
  shapes[B.mouthSmileLeft] = shapes[B.mouthSmileRight] = clamp(smile);
  shapes[B.mouthFrownLeft] = shapes[B.mouthFrownRight] = clamp(-smile);
  shapes[B.jawOpen] = clamp(0.4 * at('MouthOpen'));
  shapes[B.mouthLowerDownLeft] = shapes[B.mouthLowerDownRight] = clamp(at('MouthOpen') / 2);
  shapes[B.cheekPuff] = clamp(at('CheekPuff'));
  shapes[B.tongueOut] = clamp(at('TongueOut'));
  const brows = at('Brows', 0.5);
  const browLeft = 2 * at('BrowLeftY', brows) - 1;
  const browRight = 2 * at('BrowRightY', brows) - 1;
  shapes[B.browOuterUpLeft] = clamp(browLeft);
  shapes[B.browOuterUpRight] = clamp(browRight);
  shapes[B.browDownLeft] = clamp(-browLeft);
  shapes[B.browDownRight] = clamp(-browRight);
  const rotation = rotationOfDegrees(at('FaceAngleY'), at('FaceAngleX'), at('FaceAngleZ'));
  return { timeMs, blendshapes: shapes, rotation };
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}

function request(messageType: string, data: object): string {
  return JSON.stringify({
    apiName: 'VTubeStudioPublicAPI',
    apiVersion: '1.0',
    requestID: messageType,
    messageType,
    data,
  });
}
