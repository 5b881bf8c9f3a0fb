import { POSE } from '../pose/names.ts';
import { BLENDSHAPE as B } from '../sample/blendshape-names.ts';
import { type Channels, mapVowels } from './map-as-original.ts';
import { clamp, ease, mix, ramp } from './ramp.ts';
import type { MappingSettings } from './settings.ts';

/** How far the jaw opens (of its range) until the vowels count in full. */
const PARTING = 0.2;

/** How far the lower lip is down at least, as a share of how far the jaw is open: in trackers it is measured against the jaw, in the vowels' shapes against the face. */
const LIP_WITH_JAW = 0.6;

const VOWELS: readonly number[] = [POSE.mouth_aaa, POSE.mouth_iii, POSE.mouth_uuu, POSE.mouth_ooo];

/**
 * The mouth, where the original is weak: it jumps when the jaw crosses its threshold, hardly opens where only the jaw
 * moves, moves both corners alike, forgets a frown while the mouth is open, and knows no e. Fills the mouth of `out`.
 */
export function mapMouth(at: Channels, settings: MappingSettings, out: Float32Array | Float64Array): void {
  const open = ramp(at(B.jawOpen), settings.jawMin, settings.jawMax);
  const parted = ease(open / PARTING);
  if (open > 0) {
    const lower = Math.max(at(B.mouthLowerDownLeft) + at(B.mouthLowerDownRight), LIP_WITH_JAW * open);
    mapVowels(at, open, lower, settings, out);
    for (const index of VOWELS) out[index]! *= parted;
  }

  // A flat open mouth is i, and e where its corners are drawn apart.
  const stretched = ramp((at(B.mouthStretchLeft) + at(B.mouthStretchRight)) / 2, 0.15, 0.5);
  const flat = out[POSE.mouth_iii]!;
  out[POSE.mouth_eee] = flat * stretched;
  out[POSE.mouth_iii] = flat * (1 - stretched);

  // Puckered lips or puffed cheeks over a closed jaw: a small pout.
  const pout = 0.5 * Math.max(ramp(at(B.mouthPucker), 0.45, 0.95), ramp(at(B.cheekPuff), 0.3, 0.9));
  out[POSE.mouth_uuu] = clamp(Math.max(out[POSE.mouth_uuu]!, pout * (1 - parted)));

  for (const side of [0, 1]) {
    out[POSE.mouth_raised_corner_left + side] = clamp(at(B.mouthSmileLeft + side) + at(B.mouthShrugUpper));
    const frown = ramp(at(B.mouthFrownLeft + side), 0, settings.frownMax / 2);
    out[POSE.mouth_lowered_corner_left + side] = frown * mix(1, 0.5, parted);
  }
}
