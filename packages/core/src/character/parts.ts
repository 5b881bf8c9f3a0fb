import { CharacterError } from '../errors.ts';

/** Files of a character folder: path relative to the folder -> bytes. */
export type CharacterParts = ReadonlyMap<string, Uint8Array>;

/** The forms of a character folder. */
export type CharacterForm = 'tha4' | 'original' | 'tfjs' | 'weights';

/** A folder whose form is known: `entry` is the file that names the others; paths are relative to its folder. */
export interface KnownParts {
  readonly form: CharacterForm;
  readonly entry: string;
  readonly parts: CharacterParts;
}

/** What to look for, best first: the name that a writer gives before names that could mean something else. */
const CANDIDATES: readonly (readonly [CharacterForm, RegExp])[] = [
  ['tha4', /^character\.json$/],
  ['original', /^character_model\.ya?ml$/i],
  ['tfjs', /^face_morpher\.json$/],
  ['original', /^face_morpher\.pt$/],
  ['original', /\.ya?ml$/i],
  ['weights', /^weights\.safetensors$/],
];

/**
 * Finds out what a folder holds. Files beside the character's own are ignored; a folder around it is stripped.
 *
 * @throws {CharacterError} when no known form, or more than one character, is there
 */
export function identifyParts(parts: CharacterParts, where: string): KnownParts {
  const files = new Map<string, Uint8Array>();
  for (const [path, bytes] of parts) {
    const plain = plainPath(path);
    if (!/(^|\/)(__MACOSX|\.[^/]*)(\/|$)/.test(plain)) files.set(plain, bytes);
  }
  const paths = [...files.keys()];
  for (const [form, pattern] of CANDIDATES) {
    const entries = paths.filter((path) => pattern.test(baseName(path)));
    if (entries.length > 1) {
      throw new CharacterError(
        `${where}: expected one character, got ${entries.length} (${entries.slice(0, 5).join(', ')}); open one of them`,
      );
    }
    const entry = entries[0];
    if (entry === undefined) continue;
    const folder = entry.slice(0, entry.length - baseName(entry).length);
    const inside = paths.filter((path) => path.startsWith(folder));
    return {
      form,
      entry: baseName(entry),
      parts: new Map(inside.map((path) => [path.slice(folder.length), files.get(path)!])),
    };
  }
  const some = paths.slice(0, 5).join(', ') || 'no files';
  throw new CharacterError(
    `${where}: expected character.json, character_model.yaml with two .pt files, or face_morpher.json and body_morpher.json, got ${some}`,
  );
}

/** Bytes of a file that another one names. @throws {CharacterError} when it is not there, or lies outside the folder */
export function takePart(parts: CharacterParts, name: string, namedBy: string, where: string): Uint8Array {
  const path = companionPath(name, `${where}: ${namedBy}`);
  const bytes = parts.get(path);
  if (bytes === undefined) {
    throw new CharacterError(
      `${where}: expected file '${path}' (named by ${namedBy}), got none; there is ${[...parts.keys()].slice(0, 8).join(', ')}`,
    );
  }
  return bytes;
}

/**
 * A stranger's file name as a path below the folder of the file that names it.
 *
 * @throws {CharacterError} when it points elsewhere: up, to the root, to a drive or to another host
 */
export function companionPath(name: string, where: string): string {
  const path = plainPath(name);
  const steps = path.split('/');
  if (
    path.length > 512 ||
    /[:\0?#%]/.test(path) ||
    steps.some((step) => step === '' || step === '.' || step === '..')
  ) {
    throw new CharacterError(
      `${where}: expected the name of a file in the same folder, got ${JSON.stringify(name.slice(0, 100))}`,
    );
  }
  return path;
}

/** Windows' separators and a leading `./` made plain. */
function plainPath(path: string): string {
  return path.replaceAll('\\', '/').replace(/^(\.\/)+/, '');
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
