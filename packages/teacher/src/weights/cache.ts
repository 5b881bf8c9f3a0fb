import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Checkpoint, CheckpointError, readPt, readSafetensors, writeSafetensors } from '@tha4/core';
import envPaths from 'env-paths';
import type { WeightFile } from './find-files.ts';

/** Where converted weights are kept: `THA4_CACHE`, or the platform's folder for caches. */
export function cacheFolder(): string {
  return process.env.THA4_CACHE || envPaths('tha4', { suffix: '' }).cache;
}

/** A weight file's tensors, in PyTorch's names and layout. */
export interface ReadWeights {
  readonly checkpoint: Checkpoint;
  /** SHA-256 of the original file, hexadecimal. */
  readonly sha256: string;
  /** Whether the cache had it. */
  readonly isCached: boolean;
}

/** Reads a weight file as it is. @throws {CheckpointError} */
export async function readUncached(file: WeightFile): Promise<ReadWeights> {
  const bytes = await file.read();
  return { checkpoint: parse(bytes, file.where), sha256: hash(bytes), isCached: false };
}

/**
 * Reads a weight file. A `.pt` is unpacked, checked and unpickled once; then the same tensors lie as safetensors in the
 * cache, under the checksum of the original, and are read as they are.
 *
 * A cache that cannot be written is no error: everything works, only slower.
 */
export async function readThroughCache(file: WeightFile, cache: string = cacheFolder()): Promise<ReadWeights> {
  const folder = join(cache, 'weights');
  const note = join(folder, `${hash(Buffer.from(file.identity)).slice(0, 32)}.sha256`);
  const known = (await readFile(note, 'utf8').catch(() => '')).trim();
  if (/^[0-9a-f]{64}$/.test(known)) {
    const kept = await readKept(join(folder, `${known}.safetensors`));
    if (kept !== null) return { checkpoint: kept, sha256: known, isCached: true };
  }
  const bytes = await file.read();
  const sha256 = hash(bytes);
  const kept = await readKept(join(folder, `${sha256}.safetensors`));
  const checkpoint = kept ?? parse(bytes, file.where);
  await keep(folder, async () => {
    if (kept === null) {
      const metadata = new Map([
        ['source', file.name],
        ['sha256', sha256],
      ]);
      await writeAside(join(folder, `${sha256}.safetensors`), writeSafetensors(checkpoint, metadata));
    }
    await writeAside(note, Buffer.from(`${sha256}\n`));
  });
  return { checkpoint, sha256, isCached: kept !== null };
}

function parse(bytes: Uint8Array, where: string): Checkpoint {
  return where.endsWith('.safetensors') ? readSafetensors(bytes, where).tensors : readPt(bytes, where);
}

/** `null` where there is none, or a damaged one: then it is made again. */
async function readKept(path: string): Promise<Checkpoint | null> {
  const bytes = await readFile(path).catch(() => null);
  if (bytes === null) return null;
  try {
    return readSafetensors(bytes, path).tensors;
  } catch (error) {
    if (error instanceof CheckpointError) return null;
    throw error;
  }
}

async function keep(folder: string, write: () => Promise<void>): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await write();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
  }
}

async function writeAside(path: string, bytes: Uint8Array): Promise<void> {
  const aside = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await writeFile(aside, bytes);
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}

function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
