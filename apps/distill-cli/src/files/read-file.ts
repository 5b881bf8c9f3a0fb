import { readFile, stat } from 'node:fs/promises';
import { FileError } from '../errors.ts';
import { inPlainWords } from './fs-error.ts';

/** More than any file of a character or a teacher has. */
const MAX_BYTES = 2 ** 30;

/** Reads a regular file of a bounded size. @throws {FileError} in plain words */
export function readBytes(path: string, maxBytes: number = MAX_BYTES): Promise<Uint8Array> {
  return inPlainWords(path, 'a file', async () => {
    const info = await stat(path);
    if (!info.isFile() && !info.isDirectory()) {
      throw new FileError(`${path}: expected a file, got a device or pipe; save it to a file first`);
    }
    if (info.size > maxBytes && info.isFile()) {
      throw new FileError(`${path}: expected at most ${maxBytes} bytes, got ${info.size}; is it the right file?`);
    }
    const { buffer, byteOffset, byteLength } = await readFile(path);
    return new Uint8Array(buffer, byteOffset, byteLength);
  });
}

/** Reads a text file, with or without a byte order mark. @throws {FileError} */
export async function readText(path: string, maxBytes: number): Promise<string> {
  return new TextDecoder().decode(await readBytes(path, maxBytes));
}
