import { randomBytes } from 'node:crypto';
import { lstat, mkdir, open, realpath, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { inPlainWords } from './fs-error.ts';

/**
 * Writes a file aside and renames it, so that no reader and no crash ever sees half of it. A link stays a link: the
 * file that it points at is replaced. Missing folders are made.
 *
 * @throws {FileError} in plain words; nothing is left behind then, and a former file is untouched
 */
export async function writeAtomic(path: string, bytes: Uint8Array): Promise<void> {
  await inPlainWords(path, 'a place to write', async () => {
    await mkdir(dirname(path), { recursive: true });
    const target = await behindLinks(path);
    const aside = join(dirname(target), `.${basename(target).slice(0, 100)}.${randomBytes(6).toString('hex')}.tmp`);
    try {
      const file = await open(aside, 'wx');
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(aside, target);
    } catch (error) {
      await rm(aside, { force: true });
      throw error;
    }
  });
}

async function behindLinks(path: string): Promise<string> {
  try {
    return (await lstat(path)).isSymbolicLink() ? await realpath(path) : path;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return path;
    throw error;
  }
}
