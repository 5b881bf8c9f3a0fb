import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A folder of the test's own, with a space and other letters in its name, removed afterwards. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tha4 wëights-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
