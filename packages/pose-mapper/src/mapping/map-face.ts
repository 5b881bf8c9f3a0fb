import { POSE } from '../pose/names.ts';
import { BLENDSHAPE as B } from '../sample/blendshape-names.ts';
import { chooseBrows } from './brows.ts';
import { coupleLids, type Sides } from './eyes.ts';
import { type FaceReading, mapAsOriginal, mapHead, mapUpperFace, smileOf } from './map-as-original.ts';
import { mapMouth } from './mouth.ts';
import { clamp, ramp } from './ramp.ts';
import type { MappingSettings } from './settings.ts';

const lids: Sides = { left: 0, right: 0 };

/**
 * A face as a pose: the original's mapping with `style: 'original'`, and with `expressive` that and what it lacks:
 * lids that agree on a blink and keep a wink, brows chosen by the face (`brows: 'auto'`), corners of the mouth of each
 * side on its own, a mouth that opens without a jump, lower lids that a smile lifts, `mouth_eee`, and a pout.
 *
 * @param out `[45]`, filled and returned
 */
export function mapFace(
  reading: FaceReading,
  settings: MappingSettings,
  out: Float32Array | Float64Array,
): Float32Array | Float64Array {
  const at = (index: number) => reading.blendshapes[index] as number;
  if (settings.style === 'original') {
    mapAsOriginal(reading, settings, out);
    if (settings.brows === 'auto') chooseBrows(at, out);
    return out;
  }
  out.fill(0);
  mapUpperFace(at, settings, out);
  if (settings.brows === 'auto') chooseBrows(at, out);
  mapHead(reading.rotation, out);
  mapMouth(at, settings, out);

  const happy = ramp(smileOf(at), settings.smileMin, settings.smileMax);
  lids.left = ramp(at(B.eyeBlinkLeft), 0, settings.blinkMax);
  lids.right = ramp(at(B.eyeBlinkRight), 0, settings.blinkMax);
  coupleLids(lids);
  const wink = settings.wink === 'normal' ? POSE.eye_wink_left : POSE.eye_relaxed_left;
  for (const side of [0, 1]) {
    const closed = side === 0 ? lids.left : lids.right;
    out[wink + side] = (1 - happy) * closed;
    out[POSE.eye_happy_wink_left + side] = happy * closed;
    out[POSE.eye_surprised_left + side]! *= 1 - closed;
    // `cheekSquint*`, the original's source, never fires in MediaPipe; the eye's own squint does.
    const lifted = 0.8 * happy * ramp(at(B.eyeSquintLeft + side), 0.4, 0.9);
    const lower = POSE.eye_raised_lower_eyelid_left + side;
    out[lower] = clamp(Math.max(out[lower]!, lifted) * (1 - closed));
  }
  return out;
}
