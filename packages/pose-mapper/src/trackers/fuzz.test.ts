import { seededRandom } from '@tha4/test-utils';
import { describe, expect, it } from 'vitest';
import { openSeeFacePacket } from '../../test/openseeface-packet.ts';
import { encodeOscBundle } from '../osc/encode-osc.ts';
import type { Parsed } from '../parsed.ts';
import { BLENDSHAPE_COUNT } from '../sample/blendshape-names.ts';
import type { FaceSample } from '../sample/face-sample.ts';
import { parseIFacialMocap } from './ifacialmocap.ts';
import { parseOpenSeeFace } from './openseeface.ts';
import { VmcReader } from './vmc-reader.ts';
import { encodeVmcPose } from './vmc-writer.ts';
import { faceOfVtsParameters, parseVtsAnswer } from './vtube-studio-api.ts';
import { parseVtsPhone } from './vtube-studio-phone.ts';

const bytesOf = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const textOf = (bytes: Uint8Array) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

const phone = {
  FaceFound: true,
  Rotation: { x: 1, y: 2, z: 3 },
  BlendShapes: [
    { k: 'JawOpen', v: 0.5 },
    { k: 'EyeBlinkLeft', v: 0.25 },
  ],
};
const parameters = {
  apiName: 'VTubeStudioPublicAPI',
  messageType: 'InputParameterListResponse',
  data: { defaultParameters: [{ name: 'FaceAngleX', value: 10 }] },
};

/** Each protocol: packets that are right, and its reader. */
const PROTOCOLS: readonly (readonly [
  string,
  readonly Uint8Array[],
  (bytes: Uint8Array) => Parsed<FaceSample | null>,
])[] = [
  [
    'iFacialMocap',
    ['&', '-'].map((sign) =>
      bytesOf(`eyeBlink_L${sign}25|jawOpen${sign}10|mouthSmile_R${sign}3|=head#9,-1,2,0,0,0|rightEye#1,2,3|`),
    ),
    (bytes) => parseIFacialMocap(textOf(bytes), 0),
  ],
  ['OpenSeeFace', [openSeeFacePacket({}), openSeeFacePacket({}, { id: 2 })], (bytes) => parseOpenSeeFace(bytes, 0)],
  [
    'VMC',
    [
      encodeVmcPose(new Float32Array(45).fill(0.5), 1),
      encodeOscBundle([
        { address: '/VMC/Ext/Blend/Val', args: ['jawOpen', 0.5] },
        { address: '/VMC/Ext/Blend/Apply', args: [] },
      ]),
    ],
    (
      (reader) => (bytes: Uint8Array) =>
        reader.read(bytes, 0)
    )(new VmcReader()),
  ],
  ['VTube Studio, phone', [bytesOf(JSON.stringify(phone))], (bytes) => parseVtsPhone(textOf(bytes), 0)],
  [
    'VTube Studio, computer',
    [bytesOf(JSON.stringify(parameters))],
    (bytes) => {
      const answer = parseVtsAnswer(textOf(bytes));
      if (!answer.ok) return answer;
      return {
        ok: true,
        value: answer.value.type === 'parameters' ? faceOfVtsParameters(answer.value.values, 0) : null,
      };
    },
  ],
];

describe.each(PROTOCOLS)('%s', (_, packets, read) => {
  it('reads or refuses 10,000 damaged packets, and its faces are whole', () => {
    const next = seededRandom(20);
    const below = (n: number) => next() % n;
    let refused = 0;
    let faces = 0;
    for (let i = 0; i < 10_000; i++) {
      const result = read(damage(packets[below(packets.length)]!, below));
      if (!result.ok) {
        refused++;
        if (result.reason.length === 0 || result.reason.length > 200) throw new Error('a reason that cannot be shown');
      } else if (result.value !== null) {
        faces++;
        const { blendshapes, rotation, gaze } = result.value;
        const angles = [rotation.pitch, rotation.yaw, rotation.roll, gaze?.pitch ?? 0, gaze?.yaw ?? 0];
        const whole = blendshapes.length === BLENDSHAPE_COUNT && blendshapes.every(Number.isFinite);
        if (!whole || !angles.every(Number.isFinite)) throw new Error('a face that is not whole');
      }
    }
    // Both happen, or the damage is of no use.
    expect(refused).toBeGreaterThan(100);
    expect(faces).toBeGreaterThan(100);
  });

  it('refuses nothing, noise and far too much', () => {
    const next = seededRandom(3);
    const noise = (length: number) => Uint8Array.from({ length }, () => next());
    for (const bytes of [new Uint8Array(0), noise(3), noise(1000), noise(65_507), new Uint8Array(65_507).fill(91)]) {
      expect(read(bytes).ok).toBe(false);
    }
  });
});

/** Changes some bytes, cuts, doubles or glues. */
function damage(packet: Uint8Array, below: (n: number) => number): Uint8Array {
  let bytes = packet.slice();
  for (let edits = 1 + below(3); edits > 0; edits--) {
    const at = below(bytes.length + 1);
    const kind = below(8);
    if (kind === 0) bytes = bytes.slice(0, at);
    else if (kind === 1) bytes = Uint8Array.from([...bytes.subarray(0, at), ...packet.subarray(below(packet.length))]);
    else if (kind === 2) bytes = Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + below(5))]);
    else if (bytes.length > 0) bytes[Math.min(at, bytes.length - 1)] = kind === 3 ? 0 : kind === 4 ? 255 : below(256);
    if (bytes.length > 8000) return bytes.slice(0, 8000);
  }
  return bytes;
}
