import { encodeOscBundle, type OutgoingMessage } from '../osc/encode-osc.ts';
import { POSE } from '../pose/names.ts';
import type { HeadRotation } from '../sample/face-sample.ts';
import { type Quaternion, unityOfRotation } from './rotation.ts';

const RADIANS = Math.PI / 180;

/** Degrees of a pose's head at 1, as the mapping has them, and of its eyes. */
const HEAD = { pitch: -15, yaw: -10, roll: 15 } as const;
const EYES = { pitch: -15, yaw: -20 } as const;

/**
 * A pose as a VMC performer sends it, one bundle under 1,400 bytes: the blendshapes of VRM 0 (vowels, blinks, moods), head
 * and eyes as bones, and that all is well. A pose has no more than that of what VRM models have.
 *
 * @param pose `[45]` @param seconds of the sender's clock
 * Source: the VMC protocol's specification, https://protocol.vmc.info/english.
 */
export function encodeVmcPose(pose: Float32Array, seconds: number): Uint8Array {
  const at = (index: number) => pose[index] ?? 0;
  const blink = (side: 0 | 1) =>
    Math.min(
      1,
      at(POSE.eye_wink_left + side) + at(POSE.eye_happy_wink_left + side) + 0.5 * at(POSE.eye_relaxed_left + side),
    );
  const both = (index: number) => (at(index) + at(index + 1)) / 2;
  const values: readonly (readonly [string, number])[] = [
    ['A', at(POSE.mouth_aaa)],
    ['I', at(POSE.mouth_iii)],
    ['U', at(POSE.mouth_uuu)],
    ['E', at(POSE.mouth_eee)],
    ['O', at(POSE.mouth_ooo)],
    ['Blink_L', blink(0)],
    ['Blink_R', blink(1)],
    ['Joy', both(POSE.mouth_raised_corner_left)],
    ['Angry', both(POSE.eyebrow_angry_left)],
    ['Sorrow', Math.max(both(POSE.eyebrow_troubled_left), both(POSE.mouth_lowered_corner_left))],
  ];
  const head = turned({
    pitch: HEAD.pitch * at(POSE.head_x),
    yaw: HEAD.yaw * at(POSE.head_y),
    roll: HEAD.roll * at(POSE.neck_z),
  });
  const eyes = turned({
    pitch: EYES.pitch * at(POSE.iris_rotation_x),
    yaw: EYES.yaw * at(POSE.iris_rotation_y),
    roll: 0,
  });
  return encodeOscBundle([
    { address: '/VMC/Ext/OK', args: [1], integers: [0] },
    { address: '/VMC/Ext/T', args: [seconds] },
    bone('Head', head),
    bone('LeftEye', eyes),
    bone('RightEye', eyes),
    ...values.map(([name, value]) => ({ address: '/VMC/Ext/Blend/Val', args: [name, value] })),
    { address: '/VMC/Ext/Blend/Apply', args: [] },
  ]);
}

function turned({ pitch, yaw, roll }: HeadRotation): Quaternion {
  return unityOfRotation({ pitch: pitch * RADIANS, yaw: yaw * RADIANS, roll: roll * RADIANS });
}

function bone(name: string, { x, y, z, w }: Quaternion): OutgoingMessage {
  return { address: '/VMC/Ext/Bone/Pos', args: [name, 0, 0, 0, x, y, z, w] };
}
