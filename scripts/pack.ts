import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from './run.ts';

/** Names of the packages that npm gets. */
export function publishedPackages(): readonly string[] {
  const folder = join(ROOT, 'packages');
  return readdirSync(folder)
    .map((name) => JSON.parse(readFileSync(join(folder, name, 'package.json'), 'utf8')))
    .filter((manifest) => manifest.private !== true)
    .map(({ name }) => name);
}

/** Packs into `destination` what was built; the tarballs by the packages' names. */
export async function packAll(destination: string): Promise<ReadonlyMap<string, string>> {
  const filters = publishedPackages().flatMap((name) => ['--filter', name]);
  const printed = await runPnpm(ROOT, '-r', ...filters, 'pack', '--json', '--pack-destination', destination);
  const packed = JSON.parse(printed) as readonly { readonly name: string; readonly filename: string }[];
  return new Map(packed.map(({ name, filename }) => [name, filename]));
}

/** Runs pnpm in a folder, quietly: that which started this program, which saves npx's second, or one from npx. */
export async function runPnpm(cwd: string, ...args: readonly string[]): Promise<string> {
  const started = process.env.npm_execpath ?? '';
  const [program, first] = /pnpm\.c?js$/.test(started) ? [process.execPath, [started]] : ['npx', ['-y', 'pnpm@10']];
  const shell = program === 'npx' && process.platform === 'win32';
  const { NODE_OPTIONS: _, ...env } = process.env; // a test's
  const { stdout } = await promisify(execFile)(program, [...first, ...args], { cwd, maxBuffer: 64e6, shell, env });
  return stdout;
}
