import { POSE_SIZE, validatePose } from '@tha4/core';

/** What the server tells first, as JSON text. */
export interface Hello {
  readonly type: 'hello';
  readonly version: 1;
  readonly name: string;
  /** Side of the frames, pixels. */
  readonly size: number;
  readonly teacher: string;
  readonly licence: string;
  readonly engine: string;
}

/** Bytes before the pixels of a frame: the pose's number, then the milliseconds that it took; both uint32. */
export const FRAME_HEADER = 8;

/** Most bytes of a message from a page. */
export const MAX_MESSAGE = 4096;

/**
 * Reads a pose: its number as uint32, then 45 float32, little-endian.
 *
 * @throws {PoseError | RangeError}
 */
export function readPoseMessage(data: Uint8Array): { readonly number: number; readonly pose: Float32Array } {
  const expected = 4 + 4 * POSE_SIZE;
  if (data.length !== expected) {
    throw new RangeError(`pose message: expected ${expected} bytes, got ${data.length}`);
  }
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const pose = Float32Array.from({ length: POSE_SIZE }, (_, i) => view.getFloat32(4 + 4 * i, true));
  return { number: view.getUint32(0, true), pose: validatePose(pose, 'pose message') };
}

/** A frame as it is sent: header, then RGBA bytes, sRGB with straight alpha, row by row. */
export function frameMessage(number: number, milliseconds: number, pixels: Uint8ClampedArray): Uint8Array {
  const message = new Uint8Array(FRAME_HEADER + pixels.length);
  const view = new DataView(message.buffer);
  view.setUint32(0, number, true);
  view.setUint32(4, Math.round(milliseconds), true);
  message.set(pixels, FRAME_HEADER);
  return message;
}
