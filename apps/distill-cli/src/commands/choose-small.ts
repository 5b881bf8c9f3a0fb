import {
  type BitWidths,
  type Character,
  type CharacterPacking,
  characterParts,
  mixedPackings,
  readCharacterParts,
  trialPackings,
} from '@tha4/core';
import type { Reporter } from '../io.ts';
import type { Fidelity, FidelityMeter } from '../render/measure.ts';

/** `--size small` stays below this, bytes of `weights.safetensors`. */
export const SMALL_BYTES = 550_000;
/** And keeps this where it can, decibels over the figure alone, a stricter number than that of the whole frame. */
export const SMALL_DECIBELS = 47;

export interface SmallPacking {
  readonly packing: BitWidths;
  readonly fidelity: Fidelity;
}

/** Halvings of the list of packings, at most. */
const MOST_TRIES = 6;

/**
 * Finds the smallest packing that keeps `SMALL_DECIBELS`, by painting: once with each layer rounded alone, which tells
 * where bits matter in this character, then with some of the packings that follow from it. Where none below
 * `SMALL_BYTES` keeps so much, the largest of these is taken.
 */
export async function chooseSmall(
  character: Character,
  meter: FidelityMeter,
  reporter: Reporter,
): Promise<SmallPacking> {
  const trials = trialPackings(character.config);
  const progress = reporter.progress('Finding out where bits matter', trials.size + MOST_TRIES);
  try {
    const errors = new Map<string, number>();
    for (const [key, packing] of trials) {
      errors.set(key, await meter.error(packed(character, packing)));
      progress.step();
    }
    const measured = async (packing: BitWidths): Promise<SmallPacking> => {
      const fidelity = await meter.measure(packed(character, packing));
      progress.step();
      return { packing, fidelity };
    };
    return await smallestGood(fitting(character, mixedPackings(character.config, errors)), measured);
  } finally {
    progress.stop();
  }
}

/** Halves the list, in which likeness grows with size, around the first good one. */
async function smallestGood(
  packings: readonly BitWidths[],
  measured: (packing: BitWidths) => Promise<SmallPacking>,
): Promise<SmallPacking> {
  let least = 0;
  let most = packings.length - 1;
  let best = await measured(packings[most]!);
  if (!isGood(best)) return best;
  while (least < most) {
    const middle = Math.floor((least + most) / 2);
    const tried = await measured(packings[middle]!);
    if (isGood(tried)) {
      best = tried;
      most = middle;
    } else {
      least = middle + 1;
    }
  }
  return best;
}

function isGood({ fidelity }: SmallPacking): boolean {
  return (fidelity.figure ?? Number.POSITIVE_INFINITY) >= SMALL_DECIBELS;
}

/** Those below the limit; a student that is too large for it gets the smallest there is. */
function fitting(character: Character, packings: readonly BitWidths[]): readonly BitWidths[] {
  const fits = packings.filter(
    (packing) => characterParts(character, packing).get('weights.safetensors')!.length < SMALL_BYTES,
  );
  return fits.length > 0 ? fits : packings.slice(0, 1);
}

function packed(character: Character, packing: CharacterPacking): Character {
  return readCharacterParts(characterParts(character, packing), character.manifest.name);
}
