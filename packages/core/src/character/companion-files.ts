import { CharacterError } from '../errors.ts';
import { parseJson } from './json.ts';
import { parseManifest } from './manifest.ts';
import { readModelYaml } from './model-yaml.ts';
import { companionPath } from './parts.ts';

/** Files that may lie beside an original's or a web demo's entry file without being named anywhere. */
export const OPTIONAL_COMPANIONS: readonly string[] = ['face_mask.png', 'provenance.json'];

/** The published demos have one shard a network. */
const MAX_SHARDS = 64;

/**
 * Names of the files that an entry file (`character.json`, `character_model.yaml`, `face_morpher.json`,
 * `face_morpher.pt`) needs beside it, so that a folder need not be listed to be read.
 *
 * @param entry the entry file's name
 * @returns paths relative to the entry's folder, never outside of it
 * @throws {CharacterError}
 */
export function companionFiles(entry: string, bytes: Uint8Array, where: string): string[] {
  return namedBy(entry, bytes, where).map((name) => companionPath(name, where));
}

/** Weight files of a TFJS layers model, in order. @throws {CharacterError} when `json` is not such a model */
export function shardNames(json: unknown, where: string): string[] {
  const manifest = (json as { weightsManifest?: unknown } | null)?.weightsManifest;
  const paths = Array.isArray(manifest) ? manifest.flatMap((group: { paths?: unknown } | null) => group?.paths) : [];
  if (paths.length === 0 || !paths.every((path) => typeof path === 'string')) {
    throw new CharacterError(`${where}: expected a TFJS model with a weightsManifest, got none; is it a layers model?`);
  }
  if (paths.length > MAX_SHARDS || new Set(paths).size < paths.length) {
    throw new CharacterError(`${where}: expected at most ${MAX_SHARDS} different weight files, got ${paths.length}`);
  }
  return paths;
}

function namedBy(entry: string, bytes: Uint8Array, where: string): string[] {
  if (/\.ya?ml$/i.test(entry)) {
    const model = readModelYaml(bytes, where);
    return [model.image, model.faceMorpher, model.bodyMorpher];
  }
  if (/\.pt$/i.test(entry)) return ['body_morpher.pt', 'character.png'];
  const json = parseJson(bytes, where);
  if (/(face|body)_morpher\.json$/.test(entry)) {
    const own = shardNames(json, where);
    return entry.startsWith('face') ? [...own, 'body_morpher.json', 'character.png'] : own;
  }
  const manifest = parseManifest(json, where);
  return [manifest.image.file, manifest.weights.file, ...(manifest.faceMask ? [manifest.faceMask.file] : [])];
}
