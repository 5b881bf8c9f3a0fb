import { type Character, CharacterError } from '@tha4/core';
import { readArchive, readParts } from './read-parts.ts';

/** A file with its path relative to what was chosen or dropped. */
export interface PathedFile {
  readonly path: string;
  readonly file: Blob;
}

/** More than any character needs; keeps a dropped home folder from being read. */
const MAX_FILES = 64;
const MAX_BYTES = 256 * 1024 * 1024;

/**
 * Reads a character from chosen files: one `.tha` or zip, or the files of a folder.
 *
 * @throws {CharacterError} and what the readers throw
 */
export async function readCharacterFiles(files: readonly PathedFile[]): Promise<Character> {
  const total = files.reduce((sum, { file }) => sum + file.size, 0);
  if (files.length === 0) throw new CharacterError('open: expected a file or a folder, got nothing');
  if (files.length > MAX_FILES || total > MAX_BYTES) {
    throw new CharacterError(
      `open: expected the files of one character, got ${files.length} files of ${Math.round(total / 1e6)} MB; open its own folder`,
    );
  }
  const bytes = new Map<string, Uint8Array>();
  for (const { path, file } of files) bytes.set(path, new Uint8Array(await file.arrayBuffer()));
  const [only] = files;
  if (files.length === 1 && /\.(tha|zip)$/i.test(only!.path)) return readArchive(bytes.get(only!.path)!, only!.path);
  const folder = only!.path.includes('/') ? only!.path.slice(0, only!.path.indexOf('/')) : 'character';
  return readParts(bytes, folder);
}

/** The files of a drop, folders walked. Call it in the drop event itself: the browser forgets the items afterwards. */
export function droppedFiles(transfer: DataTransfer): Promise<PathedFile[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  if (entries.length === 0) return Promise.resolve([...transfer.files].map((file) => ({ path: file.name, file })));
  return walk(entries, []);
}

/** The files of an `<input type="file">`, with their paths where a folder was chosen. */
export function chosenFiles(input: HTMLInputElement): PathedFile[] {
  return [...(input.files ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}

async function walk(entries: readonly FileSystemEntry[], found: PathedFile[]): Promise<PathedFile[]> {
  for (const entry of entries) {
    if (found.length > MAX_FILES) break; // readCharacterFiles says that it is too much
    if (entry.isFile) {
      const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
      found.push({ path: entry.fullPath.replace(/^\//, ''), file });
    } else {
      await walk(await list(entry as FileSystemDirectoryEntry), found);
    }
  }
  return found;
}

async function list(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0 || all.length > MAX_FILES) return all;
    all.push(...some);
  }
}
