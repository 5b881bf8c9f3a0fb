import { open, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FileError } from '../errors.ts';
import { inPlainWords } from './fs-error.ts';
import { type FileKind, SNIFF_BYTES, sniff } from './sniff.ts';

/**
 * Refuses to write over what the user may still need: one of the files that are being read (always), or a file of
 * another kind (without `force`). A file of the same kind is a former output, and is replaced.
 *
 * @param kinds what may be replaced
 * @throws {FileError}
 */
export async function guardFile(
  path: string,
  kinds: readonly FileKind[],
  sources: readonly string[],
  force: boolean,
): Promise<void> {
  const info = await statOrNull(path);
  if (info === null) return;
  if (info.isDirectory())
    throw new FileError(`${path}: expected the name of a file, got a folder; choose another name`);
  await guardSources([path], sources);
  if (force) return;
  const kind = sniff(await head(path));
  if (!kinds.includes(kind)) {
    throw new FileError(
      `${path}: expected a new name or an older ${kinds[0]} file, got a file of another kind; choose another name, or add --force to replace it`,
    );
  }
}

/** What a folder for output may hold already. */
export interface FolderOutput {
  /** Names of the files that will be written. */
  readonly names: readonly string[];
  /** Whether a file of that name can be a former output's. */
  readonly isOurs: (name: string) => boolean;
  /** The file that only this program writes, and text in it that shows so; `null` where any file of ours does. */
  readonly mark: { readonly name: string; readonly text: string } | null;
}

/**
 * Refuses a folder that holds anything but a former output (without `force`), or a file that is being read (always).
 *
 * @returns names of a former output's files that the new one will not replace
 * @throws {FileError}
 */
export async function guardFolder(
  folder: string,
  { names, isOurs, mark }: FolderOutput,
  sources: readonly string[],
  force: boolean,
): Promise<string[]> {
  const info = await statOrNull(folder);
  if (info === null) return [];
  if (!info.isDirectory()) {
    throw new FileError(`${folder}: expected the name of a folder, got a file; choose another name`);
  }
  await guardSources(
    names.map((name) => join(folder, name)),
    sources,
  );
  const there = await inPlainWords(folder, 'a folder', () => readdir(folder));
  const strange = there.find((name) => !isOurs(name));
  if (force || there.length === 0) return [];
  const marked = strange === undefined && (mark === null || (await hasMark(join(folder, mark.name), mark.text)));
  if (!marked) {
    throw new FileError(
      `${folder}: expected an empty folder or a former output, got ${strange ?? there[0]}; choose another name, or add --force to write into it`,
    );
  }
  return there.filter((name) => !names.includes(name));
}

/** Compares files, not names: links and other spellings of a path lead to the same file. */
async function guardSources(targets: readonly string[], sources: readonly string[]): Promise<void> {
  const read = new Set<string>();
  for (const source of sources) read.add(await identity(source));
  for (const target of targets) {
    if ((await statOrNull(target)) !== null && read.has(await identity(target))) {
      throw new FileError(
        `${target}: expected another file than the one that is being read, got the same; choose another name`,
      );
    }
  }
}

async function identity(path: string): Promise<string> {
  const { dev, ino } = await stat(path, { bigint: true });
  return `${dev}:${ino}`;
}

async function hasMark(path: string, text: string): Promise<boolean> {
  try {
    return (await readFile(path, 'utf8')).includes(text);
  } catch {
    return false;
  }
}

async function head(path: string): Promise<Uint8Array> {
  return inPlainWords(path, 'a file', async () => {
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(new Uint8Array(SNIFF_BYTES), 0, SNIFF_BYTES, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  });
}

async function statOrNull(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    return inPlainWords(path, 'a place to write', () => Promise.reject(error));
  }
}
