import { strToU8 } from 'fflate';
import type { Character } from './character.ts';
import { parseJson } from './json.ts';
import { type KeptManifest, parseKeptManifest } from './manifest.ts';

/** Name of the file that keeps a manifest's words beside an original's folder, which has no place for them. */
export const PROVENANCE_FILE = 'provenance.json';

const FORMAT: KeptManifest['format'] = 'tha4-provenance';

/** Writes `provenance.json`: all of a manifest that an original's folder cannot say. */
export function writeProvenance({ manifest, config }: Character): Uint8Array {
  const { name, provenance, quality } = manifest;
  const kept = { format: FORMAT, version: 1, name, provenance, ...(quality ? { quality } : {}), student: config };
  return strToU8(`${JSON.stringify(kept, null, 2)}\n`);
}

/**
 * Reads `provenance.json`. A file of that name which is not of this format belongs to somebody else.
 *
 * @returns `null` where the file is of another format
 * @throws {CharacterError} when it is of this format, and damaged
 */
export function readProvenance(bytes: Uint8Array, where: string): KeptManifest | null {
  let json: unknown;
  try {
    json = parseJson(bytes, where);
  } catch {
    return null;
  }
  const format = (json as { format?: unknown } | null)?.format;
  return format === FORMAT ? parseKeptManifest(json, where) : null;
}
