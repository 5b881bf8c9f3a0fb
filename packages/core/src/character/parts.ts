import { CharacterError } from '../errors.ts';

/** Files of a character folder: path relative to the folder -> bytes. */
export type CharacterParts = ReadonlyMap<string, Uint8Array>;

/** The forms of a character folder. */
export type CharacterForm = 'tha4' | 'original' | 'tfjs' | 'weights';

/** A folder whose form is known: `entry` is the file that names the others, in `parts` all paths are plain names. */
export interface KnownParts {
  readonly form: CharacterForm;
  readonly entry: string;
  readonly parts: CharacterParts;
}

/**
 * Finds out what a folder holds. Files beside the character's own are ignored; a folder around it is stripped.
 *
 * @throws {CharacterError} when no known form, or more than one character, is there
 */
export function identifyParts(parts: CharacterParts, where: string): KnownParts {
  const paths = [...parts.keys()].filter((path) => !/(^|\/)(__MACOSX|\.[^/]*)(\/|$)/.test(path));
  const candidates: readonly (readonly [CharacterForm, RegExp])[] = [
    ['tha4', /^character\.json$/],
    ['original', /\.ya?ml$/i],
    ['tfjs', /^face_morpher\.json$/],
    ['original', /^face_morpher\.pt$/],
    ['weights', /^weights\.safetensors$/],
  ];
  for (const [form, pattern] of candidates) {
    const entries = paths.filter((path) => pattern.test(baseName(path)));
    if (entries.length > 1) {
      throw new CharacterError(
        `${where}: expected one character, got ${entries.length} (${entries.join(', ')}); open one`,
      );
    }
    const entry = entries[0];
    if (entry === undefined) continue;
    const folder = entry.slice(0, entry.length - baseName(entry).length);
    const inside = paths.filter((path) => path.startsWith(folder));
    return {
      form,
      entry: baseName(entry),
      parts: new Map(inside.map((path) => [path.slice(folder.length), parts.get(path)!])),
    };
  }
  const some = paths.slice(0, 5).join(', ') || 'no files';
  throw new CharacterError(
    `${where}: expected character.json, character_model.yaml with two .pt files, or face_morpher.json and body_morpher.json, got ${some}`,
  );
}

/** Bytes of a file that another one names. @throws {CharacterError} when it is not there */
export function takePart(parts: CharacterParts, name: string, namedBy: string, where: string): Uint8Array {
  const path = name.replace(/^\.\//, '');
  const bytes = parts.get(path);
  if (bytes === undefined) {
    throw new CharacterError(
      `${where}: expected file '${name}' (named by ${namedBy}), got none; there is ${[...parts.keys()].slice(0, 8).join(', ')}`,
    );
  }
  return bytes;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
