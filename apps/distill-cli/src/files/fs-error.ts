import { FileError } from '../errors.ts';

/** What to say about the errors of a file system that a user can do something about. */
const WORDS: Readonly<Record<string, readonly [got: string, advice: string]>> = {
  ENOENT: ['nothing', 'check the name'],
  EACCES: ['no permission', 'check who may read and write it'],
  EPERM: ['no permission', 'check who may read and write it'],
  EROFS: ['a read-only disk', 'choose another place'],
  ENOSPC: ['a full disk', 'free some space and run it again'],
  EDQUOT: ['a full disk quota', 'free some space and run it again'],
  EISDIR: ['a folder', 'name a file'],
  ENOTDIR: ['a file where a folder should be', 'check the path'],
  EEXIST: ['something that is there already', 'choose another name'],
  ENAMETOOLONG: ['a name that is too long', 'choose a shorter one'],
  ELOOP: ['links in a circle', 'check the links'],
  EMFILE: ['too many open files', 'close some programs'],
  EBUSY: ['a file that another program uses', 'close that program'],
  EIO: ['an error of the disk', 'check the disk'],
};

/**
 * Runs file work and turns the system's errors into plain words.
 *
 * @param path the name that the user knows, not that of a temporary file
 * @param expected what should have been there, e.g. `a file`
 */
export async function inPlainWords<T>(path: string, expected: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw plainFsError(error, path, expected) ?? error;
  }
}

/** The error in plain words, or `null` when it is none of the file system's. */
export function plainFsError(error: unknown, path?: string, expected = 'a readable file'): FileError | null {
  const { code, path: ownPath } = (error ?? {}) as NodeJS.ErrnoException;
  const words = typeof code === 'string' ? WORDS[code] : undefined;
  if (!(error instanceof Error) || words === undefined) return null;
  return new FileError(`${path ?? ownPath ?? 'file'}: expected ${expected}, got ${words[0]}; ${words[1]}`, {
    cause: error,
  });
}
