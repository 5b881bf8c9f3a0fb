import * as v from 'valibot';
import { CharacterError } from '../errors.ts';

/** Free-form entries are kept, so their extent is bounded. */
const MAX_CHARACTERS = 1_000_000;

/**
 * Checks parsed JSON against a schema.
 *
 * @param version newest value of its entry `version` that this code knows
 * @param what the file that was expected, e.g. `a character.json of @tha4`
 * @throws {CharacterError} naming the first entry that does not fit
 */
export function parseSchema<T>(
  schema: v.GenericSchema<unknown, T>,
  json: unknown,
  version: number,
  where: string,
  what: string,
): T {
  const actual = (json as { version?: unknown } | null)?.version;
  if (typeof actual === 'number' && actual > version) {
    throw new CharacterError(
      `${where}: expected format version ${version}, got ${actual}; it was written by a newer release, update @tha4`,
    );
  }
  const result = v.safeParse(schema, json);
  if (!result.success) {
    const issue = result.issues[0];
    const path = v.getDotPath(issue) ?? '(top)';
    throw new CharacterError(
      `${where}: entry '${path}': expected ${issue.expected ?? issue.requirement}, got ${issue.received}; is it ${what}?`,
    );
  }
  checkExtent(json, where);
  return result.output;
}

/** A nest that is too deep to be written again is refused when it is read. */
function checkExtent(json: unknown, where: string): void {
  let length = Number.POSITIVE_INFINITY;
  try {
    length = JSON.stringify(json).length;
  } catch {
    // too deep for the stack
  }
  if (length > MAX_CHARACTERS) {
    throw new CharacterError(`${where}: expected entries of at most ${MAX_CHARACTERS} characters, got more`);
  }
}
