import { type Character, type CharacterPacking, characterParts, packingName, readCharacterParts } from '@tha4/core';
import { UsageError } from '../errors.ts';
import type { TargetForm } from '../files/target.ts';
import type { OpenedCharacter } from './read-character-input.ts';

/** What the command line wants: `--dtype`, `--size small`, or `null` for the default. */
export type WantedPacking = 'F32' | 'F16' | 'I16' | 'small' | null;

/**
 * Decides how weights are kept. By default every bit of them stays: nothing is rounded unless it is asked for.
 * Other forms than ours know floats alone.
 *
 * @throws {UsageError} where a form cannot keep what is wanted
 */
export function choosePacking(
  { packing }: Pick<OpenedCharacter, 'packing'>,
  wanted: WantedPacking,
  target: TargetForm,
): CharacterPacking | 'small' {
  if (target === 'character') return wanted ?? packing;
  if (wanted === 'small') throw new UsageError(`--size: expected it with a .tha or its folder, got ${FORMS[target]}`);
  if (wanted === 'I16' || (wanted === 'F16' && target === 'onnx')) {
    const floats = target === 'onnx' ? 'fp32' : 'fp32 or fp16';
    throw new UsageError(`--dtype: expected ${floats} for ${FORMS[target]}, got ${WORDS[wanted]}; leave it out`);
  }
  if (target === 'onnx') return 'F32';
  return wanted ?? (packing === 'F16' ? 'F16' : 'F32');
}

/** A packing as the command line and its results name it. */
export function packingWord(packing: CharacterPacking): 'fp32' | 'fp16' | 'int16' | 'mixed' {
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
