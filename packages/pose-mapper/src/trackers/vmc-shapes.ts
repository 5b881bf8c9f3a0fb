import { VOWEL_SHAPES } from '../mapping/mouth-shapes.ts';
import { DEFAULT_MAPPING } from '../mapping/settings.ts';
import { BLENDSHAPE, BLENDSHAPE_COUNT, type BlendshapeName } from '../sample/blendshape-names.ts';
import type { FacePart } from '../sample/face-sample.ts';
import { blendshapePlace } from './blendshape-lookup.ts';

/** What the name of a VMC blendshape stands for. */
type Meaning =
  | { readonly kind: 'arkit'; readonly place: number; readonly part: FacePart }
  | { readonly kind: 'vowel'; readonly vowel: VmcVowel }
  | { readonly kind: 'look'; readonly part: FacePart; readonly shapes: readonly BlendshapeName[] };

/** The vowels of VRM 0. */
export type VmcVowel = 'a' | 'i' | 'u' | 'e' | 'o';

const LOOKS: Readonly<Record<string, readonly [FacePart, readonly BlendshapeName[]]>> = {
  blink: ['eyes', ['eyeBlinkLeft', 'eyeBlinkRight']],
  blink_l: ['eyes', ['eyeBlinkLeft']],
  blink_r: ['eyes', ['eyeBlinkRight']],
  joy: ['mouth', ['mouthSmileLeft', 'mouthSmileRight']],
  fun: ['mouth', ['mouthSmileLeft', 'mouthSmileRight']],
  angry: ['brows', ['browDownLeft', 'browDownRight']],
  sorrow: ['mouth', ['mouthFrownLeft', 'mouthFrownRight']],
  surprised: ['eyes', ['eyeWideLeft', 'eyeWideRight']],
  lookup: ['gaze', ['eyeLookUpLeft', 'eyeLookUpRight']],
  lookdown: ['gaze', ['eyeLookDownLeft', 'eyeLookDownRight']],
  lookleft: ['gaze', ['eyeLookOutLeft', 'eyeLookInRight']],
  lookright: ['gaze', ['eyeLookInLeft', 'eyeLookOutRight']],
};

/** VRM 1's names of the same. */
const VRM1: Readonly<Record<string, string>> = {
  aa: 'a',
  ih: 'i',
  ou: 'u',
  ee: 'e',
  oh: 'o',
  blinkleft: 'blink_l',
  blinkright: 'blink_r',
  happy: 'joy',
  relaxed: 'fun',
  sad: 'sorrow',
};

/** What a mouth looks like for a vowel: (open, lower lip down, funnel, pucker), as the mapping takes it apart again. */
const MOUTHS: Readonly<Record<VmcVowel, readonly [number, number, number, number]>> = {
  a: VOWEL_SHAPES[0]!,
  i: VOWEL_SHAPES[1]!,
  u: VOWEL_SHAPES[2]!,
  e: [0.5, 0.75, 0, 0], // between a and i; the mapping has no e
  o: VOWEL_SHAPES[3]!,
};

/** Below this, the mapping takes a mouth for shut and fits no vowel. */
const LEAST_OPEN = 0.05;

/** What a blendshape's name means, in any case and spelling; `null` for names that mean nothing to a face. */
export function meaningOf(name: string): Meaning | null {
  const place = blendshapePlace(name);
  if (place >= 0) return { kind: 'arkit', place, part: partOf(place) };
  if (name.length > 32) return null;
  const lower = name.toLowerCase();
  const known = Object.hasOwn(VRM1, lower) ? VRM1[lower]! : lower;
  if (Object.hasOwn(MOUTHS, known)) return { kind: 'vowel', vowel: known as VmcVowel };
  if (!Object.hasOwn(LOOKS, known)) return null;
  const [part, shapes] = LOOKS[known]!;
  return { kind: 'look', part, shapes };
}

/**
 * Blendshapes of what a sender named, by name in lower case; where several names say something of the same blendshape,
 * the strongest counts.
 *
 * @returns the blendshapes, and the parts of the face that were named
 */
export function shapesOfNames(values: ReadonlyMap<string, number>): { shapes: Float32Array; parts: Set<FacePart> } {
  const shapes = new Float32Array(BLENDSHAPE_COUNT);
  const parts = new Set<FacePart>();
  const raise = (place: number, value: number) => {
    shapes[place] = Math.max(shapes[place]!, value);
  };
  const mouth = [0, 0, 0, 0];
  for (const [name, value] of values) {
    const meaning = meaningOf(name);
    if (meaning === null) continue;
    if (meaning.kind === 'vowel') {
      parts.add('mouth');
      const amount = Math.min(1, Math.max(0, value));
      for (let i = 0; i < 4; i++) mouth[i]! += amount * MOUTHS[meaning.vowel][i]!;
      continue;
    }
    parts.add(meaning.part);
    if (meaning.kind === 'arkit') raise(meaning.place, value);
    else for (const shape of meaning.shapes) raise(BLENDSHAPE[shape], value);
  }
  const [open, lower, funnel, pucker] = mouth.map((value) => Math.min(1, value)) as [number, number, number, number];
  if (open + lower > 0) {
    const { jawMin, jawMax } = DEFAULT_MAPPING;
    raise(BLENDSHAPE.jawOpen, jawMin + (jawMax - jawMin) * Math.max(open, LEAST_OPEN));
    raise(BLENDSHAPE.mouthLowerDownLeft, lower / 2);
    raise(BLENDSHAPE.mouthLowerDownRight, lower / 2);
    raise(BLENDSHAPE.mouthFunnel, funnel);
    raise(BLENDSHAPE.mouthPucker, pucker);
  }
  return { shapes, parts };
}

function partOf(place: number): FacePart {
  if (place < BLENDSHAPE.cheekPuff) return 'brows';
  if (place >= BLENDSHAPE.eyeLookDownLeft && place <= BLENDSHAPE.eyeLookUpRight) return 'gaze';
  if (place >= BLENDSHAPE.cheekSquintLeft && place <= BLENDSHAPE.eyeWideRight) return 'eyes';
  return 'mouth';
}
