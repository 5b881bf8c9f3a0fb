import { type Character, type CharacterPacking, characterParts, packingName, readCharacterParts } from '@tha4/core';
import { UsageError } from '../errors.ts';
import type { TargetForm } from '../files/target.ts';
import type { KeptAs } from './convert.ts';
import type { OpenedCharacter } from './read-character-input.ts';

/** What the command line wants: `--dtype`, `--size small`, or `null` for the default. */
export type WantedPacking = 'F32' | 'F16' | 'I16' | 'small' | null;

/**
 * Decides how weights are kept. By default, characters of other programs in fp32 become 16-bit integers in a file of
 * ours; what is packed or rounded already keeps its bits, and so does a character file in fp32, which somebody has asked
 * for. Other forms than ours know floats alone.
 *
 * @throws {UsageError} where a form cannot keep what is wanted
 */
export function choosePacking(
  { packing, form }: Pick<OpenedCharacter, 'packing' | 'form'>,
  wanted: WantedPacking,
  target: TargetForm,
): CharacterPacking | 'small' {
  if (target === 'character') return wanted ?? (packing === 'F32' && form !== 'tha4' ? 'I16' : packing);
  if (wanted === 'small') throw new UsageError(`--size: expected it with a .tha or its folder, got ${FORMS[target]}`);
  if (wanted === 'I16' || (wanted === 'F16' && target === 'onnx')) {
    const floats = target === 'onnx' ? 'fp32' : 'fp32 or fp16';
    throw new UsageError(`--dtype: expected ${floats} for ${FORMS[target]}, got ${WORDS[wanted]}; leave it out`);
  }
  if (target === 'onnx') return 'F32';
  return wanted ?? (packing === 'F16' ? 'F16' : 'F32');
}

/** A packing as the command line and its results name it. */
export function packingWord(packing: CharacterPacking): KeptAs {
  return packing === 'F32' || packing === 'F16' ? WORDS[packing] : packingName(packing)!;
}

/** The character with the weights that it will have once it was written and read, and whether these are others. */
export function packed(character: Character, packing: CharacterPacking): { character: Character; rounded: boolean } {
  if (packing === 'F32') return { character, rounded: false };
  const read = readCharacterParts(characterParts(character, packing), character.manifest.name);
  const pairs = (['face', 'body'] as const).flatMap((part) =>
    [...character[part]].map(([key, { data }]) => [data, read[part].get(key)!.data] as const),
  );
  const rounded = pairs.some(([before, after]) => before.some((value, i) => value !== after[i]));
  return { character: { ...character, face: read.face, body: read.body }, rounded };
}

const WORDS = { F32: 'fp32', F16: 'fp16', I16: 'int16' } as const;
const FORMS = { original: 'the original form', onnx: 'ONNX' } as const;
