import type { StoredDtype } from '../checkpoint/stored-tensor.ts';
import { readZip } from '../checkpoint/zip.ts';
import { assembleCharacter } from './assemble-character.ts';
import type { Character } from './character.ts';
import type { CharacterPacking } from './packing.ts';
import { type CharacterForm, type CharacterParts, identifyParts } from './parts.ts';
import { readStored } from './stored-character.ts';

/** A character together with what its files were like. */
export interface CharacterInspection {
  readonly character: Character;
  /** `tha4` is this project's, `original` the PyTorch program's, `tfjs` the published web demos'. */
  readonly form: CharacterForm;
  /** Element types of the weights as stored, without repetition. */
  readonly dtypes: readonly StoredDtype[];
  /** What `writeCharacter` needs to keep the weights as they were stored; `F32` for wider and rarer floats. */
  readonly packing: CharacterPacking;
}

/**
 * Reads a character from one file: a `.tha`, or a zip of any folder that `readCharacterParts` takes.
 *
 * @param where the file's name, for messages and as the character's name where it has none of its own
 * @throws {CharacterError | CheckpointError | ImageError | ShapeError}
 */
export function readCharacter(bytes: Uint8Array, where: string): Character {
  return readCharacterParts(readZip(bytes, where), where);
}

/**
 * Reads a character from the files of its folder. Three forms are known: this project's (`character.json`), the
 * original's (`character_model.yaml`, or just the two `.pt` files and `character.png`), and the published web demos'
 * (`face_morpher.json`, `body_morpher.json`, their `.bin` shards and `character.png`).
 *
 * @throws {CharacterError | CheckpointError | ImageError | ShapeError}
 */
export function readCharacterParts(parts: CharacterParts, where: string): Character {
  return assembleCharacter(readStored(parts, where), where);
}

/** Reads a character, and says in which form and precision it was kept. Throws as `readCharacterParts` does. */
export function inspectCharacterParts(parts: CharacterParts, where: string): CharacterInspection {
  const stored = readStored(parts, where);
  return {
    character: assembleCharacter(stored, where),
    form: identifyParts(parts, where).form,
    dtypes: stored.dtypes,
    packing: stored.packing,
  };
}
