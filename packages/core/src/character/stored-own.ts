import { readSafetensors } from '../checkpoint/safetensors.ts';
import type { Checkpoint, StoredDtype } from '../checkpoint/stored-tensor.ts';
import { CharacterError } from '../errors.ts';
import { parseJson } from './json.ts';
import { type CharacterManifest, parseManifest } from './manifest.ts';
import { BODY_PREFIX, type CharacterPacking, FACE_PREFIX, unpackCharacter } from './packing.ts';
import { type KnownParts, takePart } from './parts.ts';

/** A character as its files hold it: found and parsed, but neither checked against its config nor converted. */
export interface StoredCharacter {
  readonly manifest: CharacterManifest;
  readonly png: Uint8Array;
  readonly mask: Uint8Array | null;
  readonly face: Checkpoint;
  readonly body: Checkpoint;
  /** Element types as stored, without repetition. */
  readonly dtypes: readonly StoredDtype[];
  /** What a writer needs to keep the weights as they were. */
  readonly packing: CharacterPacking;
}

/** Parses the files of a folder of this project's form. */
export function readOwn({ entry, parts }: KnownParts, where: string): StoredCharacter {
  const place = `${where}: ${entry}`;
  const manifest = parseManifest(parseJson(takePart(parts, entry, 'the format', where), place), place);
  const file = manifest.weights.file;
  const { tensors } = readSafetensors(takePart(parts, file, entry, where), `${where}: ${file}`);
  const stray = [...tensors.keys()].filter((key) => !key.startsWith(FACE_PREFIX) && !key.startsWith(BODY_PREFIX));
  if (stray.length > 0) {
    throw new CharacterError(
      `${where}: ${file}: expected tensors of '${FACE_PREFIX}*' and '${BODY_PREFIX}*', got '${stray[0]}'; is it another network's?`,
    );
  }
  const { packing: name } = manifest.weights;
  const { checkpoint, packing } = unpackCharacter(tensors, name, manifest.student, `${where}: ${file}`);
  return {
    manifest,
    png: takePart(parts, manifest.image.file, entry, where),
    mask: manifest.faceMask ? takePart(parts, manifest.faceMask.file, entry, where) : null,
    face: withoutPrefix(checkpoint, FACE_PREFIX),
    body: withoutPrefix(checkpoint, BODY_PREFIX),
    dtypes: dtypesOf(tensors),
    packing,
  };
}

/** Element types of some tensors, without repetition. */
export function dtypesOf(tensors: Checkpoint): StoredDtype[] {
  return [...new Set([...tensors.values()].map(({ dtype }) => dtype))];
}

function withoutPrefix(tensors: Checkpoint, prefix: string): Checkpoint {
  return new Map(
    [...tensors].filter(([key]) => key.startsWith(prefix)).map(([key, tensor]) => [key.slice(prefix.length), tensor]),
  );
}
