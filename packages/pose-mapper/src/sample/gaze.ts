import { clamp } from '../mapping/ramp.ts';
import { BLENDSHAPE as B } from './blendshape-names.ts';
import type { Gaze } from './face-sample.ts';

/** How far an eye turns for one unit of an `eyeLook*` blendshape, radians (ARKit's eyes turn about 30 degrees). */
const RADIANS_PER_LOOK = Math.PI / 6;

/** Where both eyes look, in the units of the `eyeLook*` blendshapes; signs as `Gaze`. */
export interface Eyes {
  pitch: number;
  yaw: number;
}

/**
 * Where the eyes look, by a source's angles or by the `eyeLook*` channels. An eye that is shut is not asked: while it
 * winks, its channels say it looks down.
 *
 * @param blendshapes `[52]`
 * @param out filled and returned; `null` and untouched where both eyes are shut
 */
export function readGaze(blendshapes: Float64Array, angles: Gaze | undefined, out: Eyes): Eyes | null {
  if (angles !== undefined) {
    out.pitch = clamp(angles.pitch / RADIANS_PER_LOOK, -1);
    out.yaw = clamp(angles.yaw / RADIANS_PER_LOOK, -1);
    return out;
  }
  const left = openness(blendshapes[B.eyeBlinkLeft]!);
  const right = openness(blendshapes[B.eyeBlinkRight]!);
  if (left + right < 0.05) return null;
  const share = left / (left + right);
  const of = (leftEye: number, rightEye: number) => share * leftEye + (1 - share) * rightEye;
  const at = (index: number) => blendshapes[index]!;
  out.pitch = of(at(B.eyeLookDownLeft) - at(B.eyeLookUpLeft), at(B.eyeLookDownRight) - at(B.eyeLookUpRight));
  out.yaw = of(at(B.eyeLookOutLeft) - at(B.eyeLookInLeft), at(B.eyeLookInRight) - at(B.eyeLookOutRight));
  return out;
}

/** How open the less open eye is, 0..1. */
export function bothOpen(blendshapes: Float64Array): number {
  return openness(Math.max(blendshapes[B.eyeBlinkLeft]!, blendshapes[B.eyeBlinkRight]!));
}

/** 1 for an open eye, 0 from half shut on. */
function openness(blink: number): number {
  return clamp(1.5 - 3 * blink);
}

/** Writes `eyeLook*` channels that say this gaze, for both eyes alike. */
export function writeGaze(eyes: Eyes, blendshapes: Float64Array): void {
  const set = (positive: number, negative: number, value: number) => {
    blendshapes[positive] = Math.max(0, value);
    blendshapes[negative] = Math.max(0, -value);
  };
  set(B.eyeLookDownLeft, B.eyeLookUpLeft, eyes.pitch);
  set(B.eyeLookDownRight, B.eyeLookUpRight, eyes.pitch);
  set(B.eyeLookOutLeft, B.eyeLookInLeft, eyes.yaw);
  set(B.eyeLookInRight, B.eyeLookOutRight, eyes.yaw);
}
