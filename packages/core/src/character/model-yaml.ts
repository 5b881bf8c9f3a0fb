import { strFromU8, strToU8 } from 'fflate';
import { parse, stringify } from 'yaml';
import { CharacterError } from '../errors.ts';

/** File names in the original's `character_model.yaml`, relative to it. */
export interface ModelYaml {
  readonly image: string;
  readonly faceMorpher: string;
  readonly bodyMorpher: string;
}

const MAX_BYTES = 65_536;

/** Reads the original's `character_model.yaml`. @throws {CharacterError} when one of its three names is not there */
export function readModelYaml(bytes: Uint8Array, where: string): ModelYaml {
  if (bytes.length > MAX_BYTES) {
    throw new CharacterError(
      `${where}: expected a short YAML file, got ${bytes.length} bytes; is it a character_model.yaml?`,
    );
  }
  let document: unknown;
  try {
    document = parse(strFromU8(bytes), { maxAliasCount: 0, logLevel: 'silent' });
  } catch (cause) {
    throw new CharacterError(`${where}: expected YAML, got something else (${(cause as Error).message})`, { cause });
  }
  const name = (key: string): string => {
    const value = (document as Record<string, unknown> | null)?.[key];
    if (typeof value !== 'string' || value === '') {
      throw new CharacterError(
        `${where}: expected an entry '${key}' with a file name, got ${JSON.stringify(value) ?? 'none'}`,
      );
    }
    return value;
  };
  return {
    image: name('character_image_file_name'),
    faceMorpher: name('face_morpher_file_name'),
    bodyMorpher: name('body_morpher_file_name'),
  };
}

/** Writes a `character_model.yaml` that the original's programs open. */
export function writeModelYaml(model: ModelYaml): Uint8Array {
  return strToU8(
    stringify({
      character_image_file_name: model.image,
      face_morpher_file_name: model.faceMorpher,
      body_morpher_file_name: model.bodyMorpher,
    }),
  );
}
