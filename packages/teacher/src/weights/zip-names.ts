import { type FileHandle, open } from 'node:fs/promises';
import { CheckpointError } from '@tha4/core';

/** Signature and size of the record at a zip's end, without its comment; and the longest comment. */
const END = { signature: 0x06054b50, size: 22 };
const MOST_COMMENT = 0xffff;
const ENTRY = { signature: 0x02014b50, size: 46 };
const MOST_DIRECTORY = 16 * 1024 * 1024;

/**
 * Names in a zip, read from its directory alone: an archive of weights has hundreds of megabytes, and a cache that knows
 * them. Reading the files checks everything else.
 *
 * @throws {CheckpointError} where the file is no zip
 * Source: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, sections 4.3.12 and 4.3.16.
 */
export async function zipNames(path: string): Promise<readonly string[]> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const tail = await readAt(
      file,
      Math.max(0, size - END.size - MOST_COMMENT),
      Math.min(size, END.size + MOST_COMMENT),
    );
    let end = tail.length - END.size;
    while (end >= 0 && tail.readUInt32LE(end) !== END.signature) end--;
    if (end < 0) {
      throw new CheckpointError(`${path}: expected a folder or a zip with the weights, got a file of another kind`);
    }
    const [length, start] = [tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)];
    if (length > MOST_DIRECTORY || start + length > size) {
      throw new CheckpointError(
        `${path}: expected a zip whose directory lies inside, got one that is damaged or cut off`,
      );
    }
    return namesOf(await readAt(file, start, length));
  } finally {
    await file.close();
  }
}

function namesOf(directory: Buffer): string[] {
  const names: string[] = [];
  for (let at = 0; at + ENTRY.size <= directory.length && directory.readUInt32LE(at) === ENTRY.signature; ) {
    const [name, extra, comment] = [28, 30, 32].map((field) => directory.readUInt16LE(at + field)) as [
      number,
      number,
      number,
    ];
    names.push(directory.toString('utf8', at + ENTRY.size, at + ENTRY.size + name));
    at += ENTRY.size + name + extra + comment;
  }
  return names;
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
