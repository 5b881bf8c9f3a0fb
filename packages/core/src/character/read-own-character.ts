import { CharacterError } from '../errors.ts';
import { assembleCharacter } from './assemble-character.ts';
import type { Character } from './character.ts';
import { type CharacterParts, identifyParts } from './parts.ts';
import { readOwn } from './stored-own.ts';

/** Whether files are a character of this project's form, with a `character.json`. */
export function isOwnCharacter(parts: CharacterParts): boolean {
  return [...parts.keys()].some((path) => /(^|\/)character\.json$/.test(path));
}

/**
 * Reads a character of this project's form only: what `readCharacterParts` does, without the code for pickles, YAML
 * and TFJS models, for pages that count their bytes.
 *
 * @param parts the files of the folder, or what `readZip` finds in a `.tha`
 * @throws {CharacterError | CheckpointError | ImageError | ShapeError}
 */
export function readOwnCharacter(parts: CharacterParts, where: string): Character {
  const known = identifyParts(parts, where);
  if (known.form !== 'tha4') {
    throw new CharacterError(`${where}: expected a character.json, got ${known.entry}; use readCharacterParts for it`);
  }
  return assembleCharacter(readOwn(known, where), where);
}
