import type { StudentConfig } from '../models/student.ts';
import { keptSchema, manifestSchema } from './manifest-schema.ts';
import type { PackingName } from './packing.ts';
import { parseSchema } from './parse-schema.ts';
import type { TileMap } from './tile-map.ts';

/** Value of `format` in every `character.json`. */
export const CHARACTER_FORMAT = 'tha4-character';

/** Newest version of the format that this code reads, and the one that it writes. */
export const CHARACTER_VERSION = 1;

/** Where a character comes from and what may be done with it. Entries that are not listed here are kept. */
export interface Provenance {
  /** What painted the training frames, and under which licence it came. */
  readonly teacher?: { readonly name: string; readonly licence?: string; readonly [more: string]: unknown };
  /** Who drew the picture, and what may be done with it. */
  readonly picture?: {
    readonly author?: string;
    readonly licence?: string;
    readonly source?: string;
    readonly [more: string]: unknown;
  };
  /** What may be done with this character file as a whole. */
  readonly licence?: string;
  readonly recipe?: string;
  readonly seed?: number;
  readonly steps?: number;
  readonly wallSeconds?: number;
  readonly engine?: string;
  /** Form that the character had before it was converted, e.g. `original (.pt)`. */
  readonly convertedFrom?: string;
  readonly [more: string]: unknown;
}

/** Measured likeness of a student to its teacher. */
export interface CharacterQuality {
  /** How the numbers were taken: colour space, alpha, channels. */
  readonly convention: string;
  /** Against whom: the teacher's name. */
  readonly reference: string;
  readonly poses: number;
  readonly psnr: number;
  readonly ssim?: number;
  readonly facePsnr?: number;
  readonly faceSsim?: number;
  readonly [more: string]: unknown;
}

/** Contents of `character.json`. */
export interface CharacterManifest {
  readonly format: typeof CHARACTER_FORMAT;
  readonly version: typeof CHARACTER_VERSION;
  readonly name: string;
  readonly image: { readonly file: string };
  readonly faceMask?: { readonly file: string };
  /** `packing` is there where the weights are integers; see `packWeights`. */
  readonly weights: { readonly file: string; readonly packing?: PackingName };
  readonly student: StudentConfig;
  readonly provenance: Provenance;
  readonly quality?: CharacterQuality;
  /** What a runtime may leave out; without it, it paints everything. */
  readonly visibleTiles?: TileMap;
}

/** Contents of `provenance.json`: what an original's folder cannot say. */
export interface KeptManifest {
  readonly format: 'tha4-provenance';
  readonly version: 1;
  readonly name: string;
  readonly provenance: Provenance;
  readonly quality?: CharacterQuality;
  /** The config, where the weights alone do not tell it. */
  readonly student?: StudentConfig;
}

/**
 * Checks parsed JSON against the schema of `character.json`.
 *
 * @param where the file's name, for messages
 * @throws {CharacterError} naming the first entry that does not fit
 */
export function parseManifest(json: unknown, where: string): CharacterManifest {
  return parseSchema(manifestSchema, json, CHARACTER_VERSION, where, 'a character.json of @tha4');
}

/** Checks parsed JSON against the schema of `provenance.json`. @throws {CharacterError} as `parseManifest` does */
export function parseKeptManifest(json: unknown, where: string): KeptManifest {
  return parseSchema(keptSchema, json, 1, where, 'a provenance.json of @tha4');
}
