import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from './run.ts';

const PACKAGES = join(ROOT, 'packages');

export interface Published {
  readonly name: string;
  readonly folder: string;
}

/** The packages that npm gets. */
export function published(): readonly Published[] {
  return readdirSync(PACKAGES)
    .map((name) => join(PACKAGES, name))
    .map((folder) => ({ folder, ...JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) }))
    .filter((manifest) => manifest.private !== true)
    .map(({ name, folder }) => ({ name, folder }));
}

/** Packs what was built into `destination`; the tarballs' paths by the packages' names. */
export async function packAll(destination: string): Promise<ReadonlyMap<string, string>> {
  const packed = new Map<string, string>();
  await Promise.all(
    published().map(async ({ name, folder }) => {
      const { stdout } = await promisify(execFile)(
        'npx',
        ['-y', 'pnpm@10', 'pack', '--json', '--pack-destination', destination],
        { cwd: folder, maxBuffer: 64e6, shell: process.platform === 'win32' },
      );
      packed.set(name, JSON.parse(stdout).filename);
    }),
  );
  return packed;
}
