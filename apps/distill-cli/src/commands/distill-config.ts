import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import { FileError } from '../errors.ts';
import { readText } from '../files/read-file.ts';

/** What a configuration file of the original's distiller says, as far as it means something here. */
export interface OriginalConfig {
  readonly picture: string | null;
  readonly mask: string | null;
  /** Folder that the character's folder is made in. */
  readonly prefix: string | null;
  /** Unsigned 32-bit: the original's first seed of 64 bits, folded. */
  readonly seed: number | null;
  /** One line for each entry that changes nothing here, and why. */
  readonly notes: readonly string[];
}

const MAX_BYTES = 65_536;

/** Entries that are understood and mean nothing here. */
const WITHOUT_MEANING: Readonly<Record<string, string>> = {
  face_morpher_random_seed_1: 'it drew the sample pictures of the original',
  body_morpher_random_seed_0: 'one seed serves both networks here',
  body_morpher_random_seed_1: 'it drew the sample pictures of the original',
  face_morpher_num_training_examples_per_sample_output: 'previews come every few seconds here',
  body_morpher_num_training_examples_per_sample_output: 'previews come every few seconds here',
  face_morpher_batch_size: 'the recipe settles the batch here',
  body_morpher_batch_size: 'the recipe settles the batch here',
  num_cpu_workers: 'use --threads',
  num_gpus: 'use --backend',
};
const PATHS = ['character_image_file_name', 'face_mask_image_file_name', 'prefix'] as const;
const SEED = 'face_morpher_random_seed_0';

/**
 * Reads the YAML file of the original's distiller. Its paths are relative to where the command is given, as there, or
 * else to the file's own folder.
 *
 * @throws {FileError} naming the entry that cannot be understood
 * Source: `distiller/distiller_config.py` of the THA4 demo.
 */
export async function readOriginalConfig(path: string): Promise<OriginalConfig> {
  const document = parseYaml(await readText(path, MAX_BYTES), path);
  const known = [...PATHS, SEED, ...Object.keys(WITHOUT_MEANING)];
  const strange = Object.keys(document).find((key) => !known.includes(key));
  if (strange !== undefined) {
    throw new FileError(
      `${path}: expected entries of the original's distiller, got '${strange}'; it knows ${known.join(', ')}`,
    );
  }
  const text = (key: (typeof PATHS)[number]): string | null => {
    const value = document[key] ?? null;
    if (value === null || (typeof value === 'string' && value !== '')) return value;
    throw new FileError(`${path}: '${key}': expected a file name, got ${String(value)}`);
  };
  const found = async (key: (typeof PATHS)[number]): Promise<string | null> => {
    const name = text(key);
    return name === null ? null : await nearest(name, dirname(path));
  };
  const ignored = Object.keys(document).filter((key) => Object.hasOwn(WITHOUT_MEANING, key));
  return {
    picture: await found('character_image_file_name'),
    mask: await found('face_mask_image_file_name'),
    prefix: text('prefix'),
    seed: foldSeed(document[SEED], path),
    notes: ignored.map((key) => `${path}: '${key}' changes nothing: ${WITHOUT_MEANING[key]}.`),
  };
}

function parseYaml(text: string, path: string): Record<string, unknown> {
  let document: unknown;
  try {
    // Seeds have 64 bits.
    document = parse(text, { maxAliasCount: 0, logLevel: 'error', intAsBigInt: true });
  } catch (cause) {
    throw new FileError(`${path}: expected YAML, got something else (${(cause as Error).message})`, { cause });
  }
  if (typeof document === 'object' && document !== null && !Array.isArray(document)) {
    return document as Record<string, unknown>;
  }
  throw new FileError(`${path}: expected a YAML mapping of the original's distiller, got something else`);
}

function foldSeed(value: unknown, path: string): number | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'bigint' && value >= 0n && value < 2n ** 64n) {
    return Number((value ^ (value >> 32n)) & 0xffffffffn);
  }
  throw new FileError(`${path}: '${SEED}': expected a whole number below 2^64, got ${String(value)}`);
}

async function nearest(name: string, folder: string): Promise<string> {
  const there = await stat(name).catch(() => null);
  return there === null ? resolve(folder, name) : name;
}
