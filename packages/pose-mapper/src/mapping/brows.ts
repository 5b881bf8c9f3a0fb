import { POSE } from '../pose/names.ts';
import { BLENDSHAPE as B } from '../sample/blendshape-names.ts';
import { clamp, ramp } from './ramp.ts';

/**
 * Divides a frown of the brows among troubled, angry and serious by what the rest of the face does, without switches
 * that could flicker: inner brows up or mouth corners down are troubled, a wrinkled nose or bared teeth angry, narrow
 * eyes serious. Inner brows that rise alone are troubled too, and count less as raised.
 *
 * @param out its brows as `mapAsOriginal` left them in mode `angry`; changed in place
 */
export function chooseBrows(at: (index: number) => number, out: Float32Array | Float64Array): void {
  const both = (left: number) => (at(left) + at(left + 1)) / 2;
  const frown = ramp(both(B.mouthFrownLeft), 0.1, 0.4);
  const inner = at(B.browInnerUp);
  const troubled = 1.5 * ramp(inner, 0.12, 0.45) + frown;
  const angry = 0.4 + 1.5 * ramp(both(B.noseSneerLeft), 0.1, 0.5) + ramp(both(B.mouthUpperUpLeft), 0.3, 0.7);
  const serious = 0.8 * ramp(both(B.eyeSquintLeft), 0.35, 0.8);
  const sum = troubled ** 2 + angry ** 2 + serious ** 2;
  for (const side of [0, 1]) {
    const down = out[POSE.eyebrow_angry_left + side]!;
    const worry = ramp(inner - at(B.browOuterUpLeft + side), 0.15, 0.5) * ramp(inner, 0.2, 0.6);
    out[POSE.eyebrow_troubled_left + side] = clamp((down * troubled ** 2) / sum + 0.7 * worry);
    out[POSE.eyebrow_angry_left + side] = (down * angry ** 2) / sum;
    out[POSE.eyebrow_serious_left + side] = (down * serious ** 2) / sum;
    out[POSE.eyebrow_raised_left + side]! *= 1 - 0.6 * worry;
  }
}
