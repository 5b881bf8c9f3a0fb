import { BLENDSHAPE_NAMES } from '../sample/blendshape-names.ts';

const PLACES: ReadonlyMap<string, number> = new Map(BLENDSHAPE_NAMES.map((name, i) => [name.toLowerCase(), i]));

/** Longer names are none of ours. */
const LONGEST_NAME = 32;

/**
 * Place of a blendshape however a tracker spells it: `eyeBlinkLeft`, `EyeBlinkLeft`, `eyeBlink_L`; -1 for other names.
 * Some trackers call sideways shapes `mouth_L`, `jaw_R`.
 */
export function blendshapePlace(name: string): number {
  if (name.length > LONGEST_NAME) return -1;
  const lower = name.toLowerCase();
  const full = lower.endsWith('_l')
    ? `${lower.slice(0, -2)}left`
    : lower.endsWith('_r')
      ? `${lower.slice(0, -2)}right`
      : lower;
  return PLACES.get(full) ?? -1;
}
