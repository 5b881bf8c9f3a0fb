import { createHash } from 'node:crypto';

/**
 * What a run was given, in words and hashes, so that a run that goes on can tell whether it is the same one, and say
 * what differs. Name -> value, e.g. `picture` -> `sha256 1f0c...`.
 */
export type Fingerprint = Readonly<Record<string, string>>;

/** A short name for bytes or numbers. */
export function hashOf(data: Uint8Array | Uint8ClampedArray): string {
  return createHash('sha256').update(data).digest('hex').slice(0, 16);
}

/** Names of what differs, with both values: `seed: 0 there, 1 here`. */
export function differences(there: Fingerprint, here: Fingerprint): string[] {
  const names = new Set([...Object.keys(there), ...Object.keys(here)]);
  return [...names]
    .filter((name) => there[name] !== here[name])
    .map((name) => `${name}: ${there[name] ?? 'none'} there, ${here[name] ?? 'none'} here`);
}
