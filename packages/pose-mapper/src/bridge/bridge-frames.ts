import type { DriverState } from '../driver/pose-driver.ts';
import { type Parsed, parsed, refused } from '../parsed.ts';
import { POSE_SIZE } from '../pose/names.ts';
import { BLENDSHAPE_COUNT } from '../sample/blendshape-names.ts';
import type { FacePart, FaceSample } from '../sample/face-sample.ts';

// Every frame is little-endian: kind u32, flags u32, time f64 (milliseconds of the sender's clock), then float32.
const HEADER_BYTES = 16;
const POSE_KIND = 1;
const FACE_KIND = 2;

/** Bytes of a frame with a pose: the header and 45 float32. */
export const POSE_FRAME_BYTES: number = HEADER_BYTES + 4 * POSE_SIZE;

/** Bytes of a frame with a face: the header, 3 angles, 2 of the gaze, and 52 blendshapes, all float32. */
export const FACE_FRAME_BYTES: number = HEADER_BYTES + 4 * (3 + 2 + BLENDSHAPE_COUNT);

/** The low bits of a pose frame's flags. */
const STATES: readonly DriverState[] = ['idle', 'tracking', 'lost'];

/** Flags of a face frame: a face was seen; the gaze counts; from bit 8 on, the parts that the source sees. */
const SEEN = 1;
const HAS_GAZE = 2;
const PARTS: readonly FacePart[] = ['brows', 'eyes', 'gaze', 'mouth', 'head'];
const PARTS_SHIFT = 8;
const ALL_PARTS = (1 << PARTS.length) - 1;

/** A pose on its way between bridge and page. */
export interface PoseFrame {
  readonly kind: 'pose';
  /** Milliseconds of the sender's clock: only differences mean something to others. */
  readonly timeMs: number;
  readonly state: DriverState;
  /** `[45]` */
  readonly pose: Float32Array;
}

/** What a tracker saw; `sample` is `null` where it said that there is no face. */
export interface FaceFrame {
  readonly kind: 'face';
  readonly timeMs: number;
  readonly sample: FaceSample | null;
}

/** A binary message between bridge and page. */
export type BridgeFrame = PoseFrame | FaceFrame;

/** @param pose `[45]` @returns `POSE_FRAME_BYTES` bytes */
export function encodePoseFrame(timeMs: number, state: DriverState, pose: Float32Array): Uint8Array {
  const view = header(POSE_FRAME_BYTES, POSE_KIND, STATES.indexOf(state), timeMs);
  writeFloats(view, HEADER_BYTES, pose);
  return new Uint8Array(view.buffer);
}

/** @param sample `null` says that no face is seen @returns `FACE_FRAME_BYTES` bytes */
export function encodeFaceFrame(timeMs: number, sample: FaceSample | null): Uint8Array {
  if (sample === null) return new Uint8Array(header(FACE_FRAME_BYTES, FACE_KIND, 0, timeMs).buffer);
  const { rotation, gaze, parts } = sample;
  const mask = parts === undefined ? ALL_PARTS : parts.reduce((bits, part) => bits | (1 << PARTS.indexOf(part)), 0);
  const flags = SEEN | (gaze === undefined ? 0 : HAS_GAZE) | (mask << PARTS_SHIFT);
  const view = header(FACE_FRAME_BYTES, FACE_KIND, flags, timeMs);
  const angles = [rotation.pitch, rotation.yaw, rotation.roll, gaze?.pitch ?? 0, gaze?.yaw ?? 0];
  writeFloats(view, HEADER_BYTES, angles);
  writeFloats(view, HEADER_BYTES + 4 * angles.length, sample.blendshapes);
  return new Uint8Array(view.buffer);
}

/** Reads a binary message of the other side. Never throws; numbers that are not finite are refused. */
export function decodeBridgeFrame(bytes: Uint8Array): Parsed<BridgeFrame> {
  if (bytes.length !== POSE_FRAME_BYTES && bytes.length !== FACE_FRAME_BYTES) {
    return refused(`bridge: expected a frame of ${POSE_FRAME_BYTES} or ${FACE_FRAME_BYTES} bytes, got ${bytes.length}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kind = view.getUint32(0, true);
  const flags = view.getUint32(4, true);
  const timeMs = view.getFloat64(8, true);
  const floats = readFloats(view, HEADER_BYTES);
  if (!Number.isFinite(timeMs) || !floats.every(Number.isFinite)) return refused('bridge: expected finite numbers');
  if (kind === POSE_KIND && bytes.length === POSE_FRAME_BYTES) {
    const state = STATES[flags];
    if (state === undefined) return refused('bridge: expected a known state');
    return parsed({ kind: 'pose', timeMs, state, pose: floats });
  }
  if (kind === FACE_KIND && bytes.length === FACE_FRAME_BYTES) return parsed(faceFrame(timeMs, flags, floats));
  return refused(`bridge: expected a frame with a pose (1) or a face (2), got ${kind}`);
}

function faceFrame(timeMs: number, flags: number, floats: Float32Array): FaceFrame {
  if ((flags & SEEN) === 0) return { kind: 'face', timeMs, sample: null };
  const [pitch, yaw, roll, gazePitch, gazeYaw] = floats as unknown as [number, number, number, number, number];
  const mask = (flags >> PARTS_SHIFT) & ALL_PARTS;
  const sample: FaceSample = {
    timeMs,
    blendshapes: floats.slice(5),
    rotation: { pitch, yaw, roll },
    ...((flags & HAS_GAZE) === 0 ? {} : { gaze: { pitch: gazePitch, yaw: gazeYaw } }),
    ...(mask === ALL_PARTS ? {} : { parts: PARTS.filter((_, i) => (mask & (1 << i)) !== 0) }),
  };
  return { kind: 'face', timeMs, sample };
}

function header(bytes: number, kind: number, flags: number, timeMs: number): DataView<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(bytes));
  view.setUint32(0, kind, true);
  view.setUint32(4, flags, true);
  view.setFloat64(8, timeMs, true);
  return view;
}

function writeFloats(view: DataView, offset: number, values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++) view.setFloat32(offset + 4 * i, values[i]!, true);
}

function readFloats(view: DataView, offset: number): Float32Array {
  return Float32Array.from({ length: (view.byteLength - offset) / 4 }, (_, i) => view.getFloat32(offset + 4 * i, true));
}
