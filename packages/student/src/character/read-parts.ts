import { type Character, isOwnCharacter, readOwnCharacter, readZip } from '@tha4/core';

/** Reads a character's files. Code for forms that are not this project's is loaded when one is met. */
export async function readParts(parts: ReadonlyMap<string, Uint8Array>, where: string): Promise<Character> {
  if (isOwnCharacter(parts)) return readOwnCharacter(parts, where);
  const { readCharacterParts } = await import('./other-forms.ts');
  return readCharacterParts(parts, where);
}

/** The same for one file: a `.tha`, or a zip of any folder. */
export async function readArchive(bytes: Uint8Array, where: string): Promise<Character> {
  return readParts(readZip(bytes, where), where);
}
