import { type Parsed, parsed, refused } from '../parsed.ts';
import { BLENDSHAPE, BLENDSHAPE_COUNT } from '../sample/blendshape-names.ts';
import type { FaceSample } from '../sample/face-sample.ts';
import { rotationOfDegrees } from './rotation.ts';

/** UDP port of the receiver. The tracker sends without being asked. */
export const OPENSEEFACE_PORT = 11573;

/** Bytes of a face in a packet; a packet holds one or more. */
const FACE_BYTES = 1785;

// Places in it, little-endian and without padding: `=di2f2fB1f4f3f3f68f136f210f14f`.
const FACE_ID = 8;
const RIGHT_EYE_OPEN = 20;
const LEFT_EYE_OPEN = 24;
const FIT_OK = 28;
const FIT_ERROR = 29;
const EULER = 49;
const POINTS_3D = 889;
const FEATURES = 1729;

/** Numbers of the features that are used; the others are more noise than face. */
const FEATURE = { browLeft: 3, browRight: 6, cornerLeft: 8, cornerRight: 10, mouthOpen: 12 } as const;

/** Fits worse than this are no face; Unity's sample of the tracker draws the same line. */
const WORST_FIT = 100;

/** Gains of features to blendshapes. `MouthOpen` of 0.5 is an open mouth, as EasyVtuber has it. */
const JAW = 0.8;
const LIP = 1;
const CORNER = 2;
const BROW = 1;
/** An eye turned by 26 degrees is a full `eyeLook*`. */
const GAZE = 2.25;

/**
 * Reads the first face of an OpenSeeFace packet. `null` where the tracker says that its fit is bad.
 *
 * The tracker fits its model to points with rows and columns exchanged, and ends up behind the camera, so its angles
 * read about (180, 10, 90) for a face that looks straight ahead; from there they rise with pitch, yaw and roll as
 * `HeadRotation` has them. The rest of the offset depends on the camera: "look straight" takes it away. (Worked out by
 * solving the same fit for known rotations; EasyVtuber's signs agree.)
 *
 * Source: `facetracker.py` and `Unity/OpenSee.cs` of emilianavt/OpenSeeFace.
 */
export function parseOpenSeeFace(bytes: Uint8Array, timeMs: number): Parsed<FaceSample | null> {
  if (bytes.length === 0 || bytes.length % FACE_BYTES !== 0) {
    return refused(`OpenSeeFace: expected a multiple of ${FACE_BYTES} bytes, got ${bytes.length}`);
  }
  const start = lowestFace(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, FACE_BYTES);
  const float = (at: number) => view.getFloat32(at, true);
  const euler = [float(EULER), float(EULER + 4), float(EULER + 8)] as const;
  const features = Object.fromEntries(
    Object.entries(FEATURE).map(([name, i]) => [name, float(FEATURES + 4 * i)]),
  ) as Record<keyof typeof FEATURE, number>;
  const eyes = [float(RIGHT_EYE_OPEN), float(LEFT_EYE_OPEN)] as const;
  if (![...euler, ...eyes, ...Object.values(features)].every(Number.isFinite)) {
    return refused('OpenSeeFace: expected finite numbers');
  }
  // NaN is a bad fit, too.
  if (view.getUint8(FIT_OK) === 0 || !(float(FIT_ERROR) <= WORST_FIT)) return parsed(null);

  const shapes = new Float32Array(BLENDSHAPE_COUNT);
  shapes[BLENDSHAPE.eyeBlinkRight] = clamp(1 - eyes[0]);
  shapes[BLENDSHAPE.eyeBlinkLeft] = clamp(1 - eyes[1]);
  shapes[BLENDSHAPE.browOuterUpLeft] = clamp(BROW * features.browLeft);
  shapes[BLENDSHAPE.browOuterUpRight] = clamp(BROW * features.browRight);
  shapes[BLENDSHAPE.browDownLeft] = clamp(-BROW * features.browLeft);
  shapes[BLENDSHAPE.browDownRight] = clamp(-BROW * features.browRight);
  shapes[BLENDSHAPE.jawOpen] = clamp(JAW * features.mouthOpen);
  shapes[BLENDSHAPE.mouthLowerDownLeft] = shapes[BLENDSHAPE.mouthLowerDownRight] = clamp(LIP * features.mouthOpen);
  // A corner that goes up reads negative.
  shapes[BLENDSHAPE.mouthSmileLeft] = clamp(-CORNER * features.cornerLeft);
  shapes[BLENDSHAPE.mouthSmileRight] = clamp(-CORNER * features.cornerRight);
  shapes[BLENDSHAPE.mouthFrownLeft] = clamp(CORNER * features.cornerLeft);
  shapes[BLENDSHAPE.mouthFrownRight] = clamp(CORNER * features.cornerRight);
  lookAt(shapes, float);
  const rotation = rotationOfDegrees(wrap(euler[0] + 180), wrap(euler[1] - 10), wrap(euler[2] - 90));
  return parsed({ timeMs, blendshapes: shapes, rotation });
}

/** Where the face with the lowest number begins: the tracker orders them anew as faces come and go. */
function lowestFace(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let lowest = 0;
  for (let at = FACE_BYTES; at < bytes.length; at += FACE_BYTES) {
    if (view.getInt32(at + FACE_ID, true) < view.getInt32(lowest + FACE_ID, true)) lowest = at;
  }
  return lowest;
}

/** The gaze: from the middle of the eyeballs (points 68, 69) to the pupils (66, 67); x to the person's right, y down. */
function lookAt(shapes: Float32Array, float: (at: number) => number): void {
  const axis = (i: number) => {
    const point = (n: number) => float(POINTS_3D + 12 * n + 4 * i);
    return point(66) - point(68) + point(67) - point(69);
  };
  const [x, y, z] = [axis(0), axis(1), axis(2)];
  const length = Math.hypot(x, y, z);
  if (!(length > 1e-6 && Number.isFinite(length))) return; // the gaze is off, or not told
  const [right, down] = [(GAZE * x) / length, (GAZE * y) / length];
  shapes[BLENDSHAPE.eyeLookOutRight] = shapes[BLENDSHAPE.eyeLookInLeft] = clamp(right);
  shapes[BLENDSHAPE.eyeLookInRight] = shapes[BLENDSHAPE.eyeLookOutLeft] = clamp(-right);
  shapes[BLENDSHAPE.eyeLookDownLeft] = shapes[BLENDSHAPE.eyeLookDownRight] = clamp(down);
  shapes[BLENDSHAPE.eyeLookUpLeft] = shapes[BLENDSHAPE.eyeLookUpRight] = clamp(-down);
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}

/** Degrees in [-180, 180). */
function wrap(degrees: number): number {
  return ((((degrees + 180) % 360) + 360) % 360) - 180;
}
