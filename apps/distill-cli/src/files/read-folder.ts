import { opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CharacterError, type CharacterParts, companionFiles, OPTIONAL_COMPANIONS } from '@tha4/core';
import { FileError } from '../errors.ts';
import { inPlainWords } from './fs-error.ts';
import { readBytes } from './read-file.ts';

/** The files of a character, and where they were read from. */
export interface FolderFiles {
  readonly parts: CharacterParts;
  readonly sources: readonly string[];
}

/** How many names of a folder are looked at, and how many folders within it. */
const MAX_NAMES = 10_000;
const MAX_FOLDERS = 64;

/** Files that name the others of a character, best first. */
const ENTRIES: readonly RegExp[] = [
  /^character\.json$/,
  /^character_model\.ya?ml$/i,
  /^face_morpher\.json$/,
  /^face_morpher\.pt$/,
  /^[^.].*\.ya?ml$/i,
  /^weights\.safetensors$/,
];

/**
 * Reads the character that a folder holds, or the one folder within it that holds one. Nothing but the files of that
 * character is read, however much else lies there.
 *
 * @throws {FileError | CharacterError}
 */
export async function readFolder(folder: string): Promise<FolderFiles> {
  const { files, folders } = await list(folder);
  const entry = findEntry(files);
  if (entry !== null) return readEntry(folder, entry);
  const found: (readonly [folder: string, entry: string])[] = [];
  for (const name of folders.slice(0, MAX_FOLDERS)) {
    const inner = findEntry((await list(join(folder, name))).files);
    if (inner !== null) found.push([name, inner]);
  }
  if (found.length === 1) return readEntry(join(folder, found[0]![0]), found[0]![1]);
  if (found.length > 1) {
    const names = found.slice(0, 12).map(([name]) => name);
    throw new CharacterError(
      `${folder}: expected one character, got ${found.length} (${names.join(', ')}); name one of them`,
    );
  }
  const some = [...files, ...folders.map((name) => `${name}/`)].slice(0, 5).join(', ') || 'an empty folder';
  throw new CharacterError(
    `${folder}: expected a character (character.json, character_model.yaml or face_morpher.json), got ${some}`,
  );
}

/** Reads an entry file and the files that it names. What is missing is left out: the readers say so, and who named it. */
export async function readEntry(folder: string, entry: string): Promise<FolderFiles> {
  const parts = new Map<string, Uint8Array>();
  const sources: string[] = [];
  const queue = [entry, ...OPTIONAL_COMPANIONS];
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    const path = join(folder, name);
    if (parts.has(name) || (name !== entry && !(await exists(path)))) continue;
    const bytes = await readBytes(path);
    parts.set(name, bytes);
    sources.push(path);
    if (name === entry || /_morpher\.json$/.test(name)) queue.push(...companionFiles(name, bytes, path));
  }
  return { parts, sources };
}

/** Whether something is there. @throws {FileError} when that cannot be found out */
export async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    return inPlainWords(path, 'a file or folder', () => Promise.reject(error));
  }
}

function findEntry(names: readonly string[]): string | null {
  for (const pattern of ENTRIES) {
    const matches = names.filter((name) => pattern.test(name));
    if (matches.length === 1) return matches[0]!;
  }
  return null;
}

async function list(folder: string): Promise<{ files: string[]; folders: string[] }> {
  return inPlainWords(folder, 'a folder', async () => {
    const files: string[] = [];
    const folders: string[] = [];
    for await (const item of await opendir(folder)) {
      if (files.length + folders.length >= MAX_NAMES) {
        throw new FileError(`${folder}: expected a character's folder, got one of more than ${MAX_NAMES} files`);
      }
      if (item.isDirectory()) folders.push(item.name);
      else files.push(item.name);
    }
    return { files: files.sort(), folders: folders.filter((name) => !name.startsWith('.')).sort() };
  });
}
