import {
  type Character,
  CharacterError,
  type CharacterForm,
  type CharacterPacking,
  inspectCharacterParts,
  type StoredDtype,
} from '@tha4/core';
import { type CharacterInput, type FileInput, openInput } from '../files/open-input.ts';

/** A character that was read, and what its files were. */
export interface OpenedCharacter {
  readonly character: Character;
  readonly form: CharacterForm;
  readonly dtypes: readonly StoredDtype[];
  /** What keeps the weights as they are. */
  readonly packing: CharacterPacking;
  readonly container: 'folder' | 'zip';
  readonly sources: readonly string[];
  /** Bytes of its files. */
  readonly size: number;
}

const WORDS: Readonly<Record<FileInput['kind'], string>> = {
  pt: 'the weights of one network',
  safetensors: 'the weights of one network',
  onnx: 'an ONNX graph',
  png: 'a picture',
};

/** Opens what must be a character. @throws {CharacterError} and what the readers throw */
export async function readCharacterInput(path: string): Promise<OpenedCharacter> {
  const input = await openInput(path);
  if (input.kind !== 'character') {
    throw new CharacterError(
      `${path}: expected a character (.tha, .zip or its folder), got ${WORDS[input.kind]}; name the character it belongs to`,
    );
  }
  return openedCharacter(input);
}

/** Parses and checks a character whose files were read. @throws what the readers throw */
export function openedCharacter({ parts, where, container, sources, size }: CharacterInput): OpenedCharacter {
  return { ...inspectCharacterParts(parts, where), container, sources, size };
}
