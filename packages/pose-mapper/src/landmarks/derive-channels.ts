import { clamp, ramp } from '../mapping/ramp.ts';
import { BLENDSHAPE as B } from '../sample/blendshape-names.ts';
import type { FaceMetrics } from './face-metrics.ts';

/**
 * Channels that MediaPipe hardly or never moves, read from the face's points instead: `eyeWide*`, `noseSneer*`,
 * `cheekPuff`, and `eyeBlink*` where the lids have come together further than the channel says. A channel only ever
 * rises, so a tracker that does move it is not overruled.
 *
 * @param blendshapes `[52]`, changed in place
 * @param metrics what the face measures now
 * @param rest what it measures with a calm face and open eyes; above 0
 */
export function deriveChannels(blendshapes: Float64Array, metrics: FaceMetrics, rest: FaceMetrics): void {
  const raise = (index: number, value: number) => {
    blendshapes[index] = Math.max(blendshapes[index]!, value);
  };
  const eyes = [metrics.eyeLeft / rest.eyeLeft, metrics.eyeRight / rest.eyeRight] as const;
  const nose = [metrics.noseLeft / rest.noseLeft, metrics.noseRight / rest.noseRight] as const;
  for (const side of [0, 1] as const) {
    raise(B.eyeWideLeft + side, ramp(eyes[side], 1.15, 1.6));
    // In MediaPipe's mesh the lids of a shut eye stay 0.4 of their distance apart.
    raise(B.eyeBlinkLeft + side, ramp(1 - eyes[side], 0.3, 0.6));
    raise(B.noseSneerLeft + side, ramp(1 - nose[side], 0.07, 0.22));
  }
  // A smile and an open mouth move the cheeks too: those are not puffed.
  const smile = (blendshapes[B.mouthSmileLeft]! + blendshapes[B.mouthSmileRight]!) / 2;
  const free = clamp(1 - 2 * smile) * clamp(1 - 4 * blendshapes[B.jawOpen]!);
  raise(B.cheekPuff, free * ramp(metrics.cheeks / rest.cheeks - 1, 0.04, 0.16));
}
