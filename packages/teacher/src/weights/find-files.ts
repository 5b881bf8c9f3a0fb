import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { CheckpointError, readZip } from '@tha4/core';
import { someWeights } from './missing.ts';
import type { SystemFacts } from './systems.ts';
import { zipNames } from './zip-names.ts';

/** A weight file that was found, not yet read. */
export interface WeightFile {
  /** Without its ending, e.g. `upscaler`. */
  readonly name: string;
  /** For messages: its path, or the zip's and its own inside. */
  readonly where: string;
  /** What tells it from a later version without reading it: path, size, time. */
  readonly identity: string;
  read(): Promise<Uint8Array>;
}

/** How deep a folder is searched: that of the original's program has them in `data/models/standard_float`. */
const DEPTH = 4;
const FILE = /\.(pt|pth|safetensors)$/;

interface Candidate extends WeightFile {
  /** Folders between the root and it, with slashes; empty for none. */
  readonly folder: string;
}

/**
 * Looks for the files of a system in a folder, in folders inside it, or in a zip. Where several folders hold a whole set,
 * the system's own one is taken.
 *
 * @throws {MissingWeightsError} listing what is missing
 * @throws {CheckpointError} where the zip is damaged
 */
export async function findFiles(facts: SystemFacts, path: string): Promise<readonly WeightFile[]> {
  const info = await stat(path).catch(() => null);
  if (info === null)
    throw new CheckpointError(`--weights: expected a folder or a zip, got ${path}, which is not there`);
  const all = info.isDirectory() ? await inFolder(path) : await inZip(path);
  const groups = new Map<string, Candidate[]>();
  for (const candidate of all) {
    if (!facts.files.includes(candidate.name)) continue;
    const group = groups.get(candidate.folder) ?? [];
    if (!group.some(({ name }) => name === candidate.name)) groups.set(candidate.folder, [...group, candidate]);
  }
  const best = [...groups].sort(([a, some], [b, others]) => {
    const count = others.length - some.length;
    return count !== 0 ? count : rank(facts, a) - rank(facts, b) || a.length - b.length;
  })[0];
  if (best === undefined) throw someWeights(facts, facts.files, path);
  const [folder, files] = best;
  const missing = facts.files.filter((file) => !files.some(({ name }) => name === file));
  if (missing.length > 0) throw someWeights(facts, missing, folder === '' ? path : join(path, folder));
  return facts.files.map((file) => files.find(({ name }) => name === file)!);
}

/** How well a folder's name fits: the system's own first, another system's last. */
function rank({ folders }: SystemFacts, folder: string): number {
  const name = folder.split('/').at(-1)!;
  const own = folders.indexOf(name);
  if (own >= 0) return own;
  return /^(standard|separable)_(float|half)$|^tha4$/.test(name) ? 100 : 50;
}

async function inFolder(root: string): Promise<Candidate[]> {
  const found: Candidate[] = [];
  const search = async (folder: string, depth: number): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && depth < DEPTH && !/^(\.|node_modules$)/.test(entry.name))
        await search(path, depth + 1);
      if (!FILE.test(entry.name)) continue;
      const info = await stat(path);
      if (!info.isFile()) continue;
      found.push({
        name: entry.name.replace(FILE, ''),
        folder: relative(root, folder).replaceAll('\\', '/'),
        where: path,
        identity: `${path} ${info.size} ${info.mtimeMs}`,
        read: () => readFile(path),
      });
    }
  };
  await search(root, 0);
  return found;
}

async function inZip(path: string): Promise<Candidate[]> {
  const names = await zipNames(path);
  if (names.some((name) => /^([^/]+\/)?data\.pkl$/.test(name))) {
    throw new CheckpointError(
      `${path}: expected a folder or a zip with all the weights, got a single .pt; name its folder`,
    );
  }
  const { size, mtimeMs } = await stat(path);
  let files: ReadonlyMap<string, Uint8Array> | null = null;
  // Only where the cache does not know them, and then once for all.
  const read = async (): Promise<ReadonlyMap<string, Uint8Array>> => (files ??= readZip(await readFile(path), path));
  return names
    .filter((name) => FILE.test(name))
    .map((name) => {
      const parts = name.split('/');
      return {
        name: parts.at(-1)!.replace(FILE, ''),
        folder: parts.slice(0, -1).join('/'),
        where: `${path}: ${name}`,
        identity: `${path}!${name} ${size} ${mtimeMs}`,
        read: async () => (await read()).get(name)!,
      };
    });
}
