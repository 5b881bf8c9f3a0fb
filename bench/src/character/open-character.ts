import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { type Character, readCharacter, readCharacterParts } from '@tha4/core';

/**
 * Reads a character in any form: a `.tha` or zip, a folder, or a folder's entry file.
 *
 * @throws {Tha4Error} when it is none; what the file system says
 */
export async function openCharacter(path: string): Promise<Character> {
  if ((await stat(path)).isDirectory()) return readFolder(path);
  if (/\.(json|ya?ml)$/i.test(path)) return readFolder(dirname(path));
  return readCharacter(await readFile(path), basename(path));
}

async function readFolder(path: string): Promise<Character> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const parts = await Promise.all(files.map(async (file) => [relative(path, file), await readFile(file)] as const));
  return readCharacterParts(new Map(parts), basename(path));
}
