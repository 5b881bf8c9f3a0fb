import { POSE } from '../pose/names.ts';
import { BLENDSHAPE as B } from '../sample/blendshape-names.ts';
import type { HeadRotation } from '../sample/face-sample.ts';
import { fitMouth } from './mouth-fit.ts';
import { clamp, ramp } from './ramp.ts';
import type { BrowMode, MappingSettings } from './settings.ts';

/** What a mapping reads: channels and angles that are already calibrated. */
export interface FaceReading {
  /** `[52]` in the order of `BLENDSHAPE_NAMES`, finite. */
  readonly blendshapes: ArrayLike<number>;
  /** Radians, what looking straight reads already subtracted. */
  readonly rotation: HeadRotation;
}

/** Which of the original's two converters to be like; `fixed` is both without their mistakes. */
export type OriginalConverter = 'fixed' | 'mediapipe' | 'ifacialmocap';

/**
 * The original's mapping of a face to a pose.
 *
 * Its two converters differ only by a mistake. `fixed`, the default, departs from them in that (1) `irisSmallLeft` is
 * the left one, while their constructors exchange the two, and (2) `mouth_lowered_corner` follows a frown for phones
 * too, where an inverted test keeps it at 0 (and divides by zero at `frownMax` 0). With `mediapipe` or `ifacialmocap`
 * both are as they were. Their third mistake, a setter that writes the wrong threshold, has no counterpart here. The
 * mouth's fit is exact in all three (see `fitMouth`). `brows: 'auto'` counts as `angry`; breathing is left at 0.
 *
 * @param out `[45]`, filled and returned
 * Source: `mediapipe_face_pose_converter_00.py` and `ifacialmocap_pose_converter_25.py` of the THA4 demo.
 */
export function mapAsOriginal(
  { blendshapes, rotation }: FaceReading,
  settings: MappingSettings,
  out: Float32Array | Float64Array,
  converter: OriginalConverter = 'fixed',
): Float32Array | Float64Array {
  const at = (index: number) => blendshapes[index] as number;
  out.fill(0);
  mapUpperFace(at, settings, out, converter);
  mapHead(rotation, out);

  const raised = clamp(smileOf(at));
  out[POSE.mouth_raised_corner_left] = out[POSE.mouth_raised_corner_right] = raised;
  const open = ramp(at(B.jawOpen), settings.jawMin, settings.jawMax);
  if (open > 0) {
    const lower = at(B.mouthLowerDownLeft) + at(B.mouthLowerDownRight);
    mapVowels(at, open, lower, settings, out);
  } else if (converter !== 'ifacialmocap') {
    const frown = ramp(at(B.mouthFrownLeft) + at(B.mouthFrownRight), 0, settings.frownMax);
    out[POSE.mouth_lowered_corner_left] = out[POSE.mouth_lowered_corner_right] = frown;
  }
  return out;
}

/** How much a face smiles: the mean of both sides, and the upper lip's shrug. */
export function smileOf(at: Channels): number {
  return (at(B.mouthSmileLeft) + at(B.mouthSmileRight)) / 2 + at(B.mouthShrugUpper);
}

/** Brows, eyes and irises of `mapAsOriginal`. */
export function mapUpperFace(
  at: Channels,
  settings: MappingSettings,
  out: Float32Array | Float64Array,
  converter: OriginalConverter = 'fixed',
): void {
  const smile = smileOf(at);
  const happy = ramp(smile, settings.smileMin, settings.smileMax);
  const raised = clamp(smile);

  const down = BROW_DOWN[settings.brows];
  out[down] = (1 - happy) * ramp(at(B.browDownLeft), 0, settings.browDownMax);
  out[down + 1] = (1 - happy) * ramp(at(B.browDownRight), 0, settings.browDownMax);
  out[POSE.eyebrow_raised_left] = clamp(at(B.browInnerUp) + at(B.browOuterUpLeft));
  out[POSE.eyebrow_raised_right] = clamp(at(B.browInnerUp) + at(B.browOuterUpRight));
  out[POSE.eyebrow_happy_left] = out[POSE.eyebrow_happy_right] = raised * happy;

  const wink = settings.wink === 'normal' ? POSE.eye_wink_left : POSE.eye_relaxed_left;
  const [irisLeft, irisRight] = [settings.irisSmallLeft, settings.irisSmallRight];
  for (let side = 0; side < 2; side++) {
    const closed = ramp(at(B.eyeBlinkLeft + side), 0, settings.blinkMax);
    out[wink + side] = (1 - happy) * closed;
    out[POSE.eye_happy_wink_left + side] = happy * closed;
    out[POSE.eye_surprised_left + side] = ramp(at(B.eyeWideLeft + side), 0, settings.surprisedMax);
    out[POSE.eye_raised_lower_eyelid_left + side] = ramp(
      at(B.cheekSquintLeft + side),
      settings.squintMin,
      settings.squintMax,
    );
    out[POSE.iris_small_left + side] = (side === 0) === (converter === 'fixed') ? irisLeft : irisRight;
  }

  mapIris(at, settings.irisFactor, out);
}

/** Reads a channel by its place. */
export type Channels = (index: number) => number;

/** Place of the left brow that each mode lowers; the right one is the next. */
const BROW_DOWN: Readonly<Record<BrowMode, number>> = {
  angry: POSE.eyebrow_angry_left,
  troubled: POSE.eyebrow_troubled_left,
  serious: POSE.eyebrow_serious_left,
  lowered: POSE.eyebrow_lowered_left,
  auto: POSE.eyebrow_angry_left,
};

/** Iris rotation of the `eyeLook*` channels: `x` + up, `y` + to the character's own right. */
function mapIris(at: Channels, factor: number, out: Float32Array | Float64Array): void {
  const y = (at(B.eyeLookInLeft) - at(B.eyeLookOutLeft) - at(B.eyeLookInRight) + at(B.eyeLookOutRight)) / 2;
  const x = (at(B.eyeLookUpLeft) + at(B.eyeLookUpRight) - at(B.eyeLookDownLeft) - at(B.eyeLookDownRight)) / 2;
  out[POSE.iris_rotation_x] = clamp(x * factor, -1);
  out[POSE.iris_rotation_y] = clamp(y * factor, -1);
}

/** Head and body of the head's angles: 15 degrees of pitch, 10 of yaw and 15 of roll are all that a character has. */
export function mapHead(rotation: HeadRotation, out: Float32Array | Float64Array): void {
  const degrees = 180 / Math.PI;
  out[POSE.head_x] = clamp((-rotation.pitch * degrees) / 15, -1);
  out[POSE.head_y] = out[POSE.body_y] = clamp((-rotation.yaw * degrees) / 10, -1);
  out[POSE.neck_z] = out[POSE.body_z] = clamp((rotation.roll * degrees) / 15, -1);
}

const point = new Float64Array(4);
const weights = new Float64Array(4);

/** The vowels of an open mouth; `open` is how far, 0..1, and `lower` how far the lower lip is down. */
export function mapVowels(
  at: Channels,
  open: number,
  lower: number,
  settings: MappingSettings,
  out: Float32Array | Float64Array,
): void {
  point[0] = open;
  point[1] = clamp(lower);
  point[2] = at(B.mouthFunnel);
  point[3] = at(B.mouthPucker);
  fitMouth(point, weights);
  out[POSE.mouth_aaa] = weights[0]!;
  out[POSE.mouth_iii] = weights[1]!;
  // An empty range of the funnel silences u and o in the original too.
  const round = settings.funnelMax > settings.funnelMin ? clamp(weights[2]! + weights[3]!) : 0;
  const o = ramp(at(B.mouthFunnel), settings.funnelMin, settings.funnelMax);
  out[POSE.mouth_uuu] = round * (1 - o);
  out[POSE.mouth_ooo] = round * o;
}
