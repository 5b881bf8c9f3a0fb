import { clamp } from '../mapping/ramp.ts';
import { BLENDSHAPE as B, BLENDSHAPE_NAMES } from '../sample/blendshape-names.ts';
import { type Calibration, NOMINAL_FULL } from './calibration.ts';

/** Brings channels from what this person reads to what the mapping expects. */
export type ChannelFitter = (blendshapes: Float64Array) => void;

/** Works a calibration's ranges out once. The fitter changes its `[52]` in place, allocates nothing, and leaves 0..1. */
export function channelFitter(calibration: Calibration): ChannelFitter {
  const rest = BLENDSHAPE_NAMES.map((name) => calibration.ranges[name]?.rest ?? 0);
  const scale = BLENDSHAPE_NAMES.map((name) => {
    const range = calibration.ranges[name];
    return range === undefined ? 1 : (NOMINAL_FULL[name] ?? 1) / (range.full - range.rest);
  });
  return (blendshapes) => {
    for (let i = 0; i < blendshapes.length; i++) blendshapes[i] = clamp((blendshapes[i]! - rest[i]!) * scale[i]!);
  };
}

/**
 * Takes a smile out of the blinks and a blink out of the smiles. Full values stay full.
 *
 * @param blendshapes `[52]`, ranged, changed in place
 */
export function separateSmileAndBlink(
  blendshapes: Float64Array,
  { blinkOfSmile, smileOfBlink }: Calibration['crosstalk'],
): void {
  const smile = (blendshapes[B.mouthSmileLeft]! + blendshapes[B.mouthSmileRight]!) / 2;
  const shut = Math.max(blendshapes[B.eyeBlinkLeft]!, blendshapes[B.eyeBlinkRight]!);
  for (const side of [0, 1]) {
    const blink = B.eyeBlinkLeft + side;
    blendshapes[blink] = without(blendshapes[blink]!, blinkOfSmile * smile);
    const corner = B.mouthSmileLeft + side;
    blendshapes[corner] = without(blendshapes[corner]!, smileOfBlink * shut);
  }
}

/** `value` with a floor of `share` taken off, so that 0..share is 0 and 1 stays 1. */
function without(value: number, share: number): number {
  return Math.max(0, (value - share) / (1 - share));
}
