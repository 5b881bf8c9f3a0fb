import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, test } from 'vitest';

const SHARED = fileURLToPath(new URL('../../../../shared/', import.meta.url));

/** Whether the test data that cannot be part of the project (licences) lies beside the clone. */
export const hasShared: boolean = existsSync(`${SHARED}golden`);

/** The published characters of the shared data that are PyTorch files. */
export const PYTORCH_CHARACTERS: readonly string[] = ['lambda_00', 'lambda_01'];

/** All of them; the others are TFJS models. */
export const CHARACTERS: readonly string[] = [
  ...PYTORCH_CHARACTERS,
  'lambda_chan',
  'lambda_san',
  'koakuma_mei',
  'ponytail_girl',
  'touhoku_itako',
  'touhoku_kiritan',
  'touhoku_zunko',
  'yukiwarisou_no_majo',
];

/** Path of a file or folder of the shared test data. */
export function sharedPath(path: string): string {
  return SHARED + path;
}

/** Bytes of a file of the shared test data. */
export function readShared(path: string): Uint8Array {
  const { buffer, byteOffset, byteLength } = readFileSync(sharedPath(path));
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Parsed JSON of a file of the shared test data. */
export function readSharedJson<T>(path: string): T {
  return JSON.parse(readFileSync(sharedPath(path), 'utf8')) as T;
}

/** File names in a folder of the shared test data, sorted. */
export function listShared(path: string): string[] {
  return readdirSync(sharedPath(path)).sort();
}

/** `describe` for tests that need the shared data; without it they are skipped, and the skip is printed. */
export function describeShared(name: string, body: () => void): void {
  if (hasShared) describe(name, body);
  else {
    console.warn(`SKIPPED: '${name}' needs the golden data of ../shared, which is not beside this clone`);
    // vitest runs the body even of a skipped `describe`, and this one may read the missing files.
    describe.skip(`${name} (needs ../shared)`, () => test('is skipped', () => {}));
  }
}
