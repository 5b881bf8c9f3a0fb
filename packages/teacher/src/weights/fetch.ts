import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CheckpointError, readZip } from '@tha4/core';
import { type DownloadEvents, download } from './download.ts';
import { findFiles } from './find-files.ts';
import type { SystemFacts } from './systems.ts';

/** What `fetchWeights` tells. */
export type FetchEvents = DownloadEvents;

/** A file that was unpacked. */
export interface FetchedFile {
  /** Relative to the folder, with slashes. */
  readonly name: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** Where the checksums of the unpacked files are written, in the form of `sha256sum`. */
const CHECKSUMS = 'SHA256SUMS';
const ARCHIVE = 'archive.zip';

/**
 * Downloads a system's archive, checks it, and unpacks its weights into a folder. The zip's own CRC-32 guards every
 * file; `check` looks whether they are the system's networks. Nothing is in place before all of it is right.
 *
 * @param check throws where the weights in a folder are not the system's
 * @throws {CheckpointError | MissingWeightsError}
 */
export async function fetchWeights(
  facts: SystemFacts,
  { url, folder, check }: { url: string; folder: string; check: (folder: string) => Promise<void> },
  events: FetchEvents,
  signal?: AbortSignal,
): Promise<readonly FetchedFile[]> {
  await mkdir(folder, { recursive: true });
  const archive = join(folder, ARCHIVE);
  await download(url, archive, events, signal);
  const unpacked = join(folder, 'unpacked.tmp');
  await rm(unpacked, { recursive: true, force: true });
  try {
    const files = await unpack(archive, unpacked, facts);
    await findFiles(facts, unpacked);
    await check(unpacked);
    for (const name of new Set(files.map((file) => file.name.split('/')[0]!))) {
      await rm(join(folder, name), { recursive: true, force: true });
      await rename(join(unpacked, name), join(folder, name));
    }
    await writeFile(join(folder, CHECKSUMS), files.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join(''));
    return files;
  } finally {
    // A damaged archive would be damaged the next time, too.
    await rm(archive, { force: true });
    await rm(unpacked, { recursive: true, force: true });
  }
}

async function unpack(archive: string, folder: string, { files }: SystemFacts): Promise<FetchedFile[]> {
  const fetched: FetchedFile[] = [];
  for (const [name, bytes] of readZip(await readFile(archive), archive)) {
    const parts = name.split('/');
    const isWanted = files.includes(parts.at(-1)!.replace(/\.pt$/, '')) && name.endsWith('.pt');
    if (!isWanted || parts.some((part) => /^(\.\.?|)$|[\\:]/.test(part))) continue;
    const path = join(folder, ...parts);
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, bytes);
    fetched.push({ name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
  }
  if (fetched.length > 0) return fetched;
  throw new CheckpointError(`${archive}: expected ${files.map((file) => `${file}.pt`).join(', ')}, got none of them`);
}
