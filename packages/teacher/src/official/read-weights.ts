import { type Checkpoint, checkCheckpoint } from '@tha4/core';
import { readThroughCache, readUncached } from '../weights/cache.ts';
import type { LocatedWeights } from '../weights/locate.ts';
import { systemOf } from './systems.ts';

/** Network -> its tensors in PyTorch's names and layout. */
export type SystemWeights = ReadonlyMap<string, Checkpoint>;

/** What was read of a system's weights. */
export interface ReadSystem {
  readonly weights: SystemWeights;
  /** Network -> SHA-256 of its original file. */
  readonly checksums: ReadonlyMap<string, string>;
  /** Whether no file had to be converted. */
  readonly isCached: boolean;
}

export interface ReadSystemOptions {
  /** Whether converted files are kept in the cache. */
  readonly keep: boolean;
  /** Called after each. */
  readonly onFile: (name: string) => void;
}

/**
 * Reads all files of a system, and checks keys and shapes of each against its network.
 *
 * @throws {CheckpointError} naming the file, and what is missing, unexpected or misshapen in it
 */
export async function readSystem(
  { system, files }: LocatedWeights,
  { keep = true, onFile = () => {} }: Partial<ReadSystemOptions> = {},
): Promise<ReadSystem> {
  const weights = new Map<string, Checkpoint>();
  const checksums = new Map<string, string>();
  let isCached = true;
  for (const file of files) {
    const network = systemOf(system).networks.find(({ name }) => name === file.name)!;
    const read = await (keep ? readThroughCache(file) : readUncached(file));
    checkCheckpoint(read.checkpoint, network.spec, file.where);
    weights.set(file.name, read.checkpoint);
    checksums.set(file.name, read.sha256);
    isCached &&= read.isCached;
    onFile(file.name);
  }
  return { weights, checksums, isCached };
}
