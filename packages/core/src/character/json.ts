import { strFromU8 } from 'fflate';
import { CharacterError } from '../errors.ts';

/** More than any JSON file of a character needs. */
const MAX_BYTES = 4 * 1024 * 1024;

/** Parses a JSON file of a character. @throws {CharacterError} when it is too long or no JSON */
export function parseJson(bytes: Uint8Array, where: string): unknown {
  if (bytes.length > MAX_BYTES) {
    throw new CharacterError(`${where}: expected at most ${MAX_BYTES} bytes of JSON, got ${bytes.length}`);
  }
  try {
    return JSON.parse(strFromU8(bytes));
  } catch (cause) {
    throw new CharacterError(`${where}: expected JSON, got something else; is the file complete?`, { cause });
  }
}
