import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packAll, publishedPackages, runPnpm } from '../scripts/pack.ts';
import { ROOT } from '../scripts/run.ts';

/** What a project has beside the packages, in the versions that this repository uses: by the package that has it. */
const BESIDE = {
  '.': ['@types/node', 'typescript', 'vite'],
  'packages/element': ['@types/react', 'react'],
} as const;

/** No way to the registry, in the words of pnpm and of Node. */
const NO_NETWORK = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ERR_PNPM_META_FETCH_FAIL|ERR_SOCKET_TIMEOUT/;

/** A Node program's output, or its failure with its output. */
export async function runNode(folder: string, program: string, ...args: readonly string[]): Promise<string> {
  const { NODE_OPTIONS: _, ...env } = process.env; // vitest's
  try {
    const options = { cwd: folder, maxBuffer: 64e6, env };
    return (await promisify(execFile)(process.execPath, [program, ...args], options)).stdout;
  } catch (cause) {
    throw new Error(`${program} ${args.join(' ')}: ${printed(cause)}`, { cause });
  }
}

/**
 * Builds the packages that are published, packs them, and installs them into a project that has nothing else.
 *
 * @returns null, or why third-party packages cannot be had: neither pnpm's store nor the registry has them.
 */
export async function installPacked(project: string): Promise<string | null> {
  const filters = publishedPackages().map((name) => `--filter=${name}`);
  await runPnpm(ROOT, 'build', ...filters, '--output-logs=errors-only');
  const packed = await packAll(project);
  const files = Object.fromEntries([...packed].map(([name, path]) => [name, `file:${path}`]));
  writeFileSync(
    join(project, 'package.json'),
    JSON.stringify({
      name: 'consumer',
      private: true,
      type: 'module',
      dependencies: files,
      devDependencies: versions(),
      pnpm: { overrides: files },
    }),
  );
  try {
    await runPnpm(project, 'install', '--prefer-offline', '--ignore-scripts', '--ignore-workspace');
    return null;
  } catch (cause) {
    const message = printed(cause);
    if (NO_NETWORK.test(message)) return `pnpm install needs its store or the network: ${message.slice(0, 300)}`;
    throw new Error(`pnpm install: ${message}`, { cause });
  }
}

function versions(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(BESIDE).flatMap(([folder, names]) => {
      const { resolve } = createRequire(join(ROOT, folder, 'package.json'));
      return names.map((name) => [name, JSON.parse(readFileSync(resolve(`${name}/package.json`), 'utf8')).version]);
    }),
  );
}

function printed(error: unknown): string {
  const { stdout, stderr, message } = error as Error & { stdout?: string; stderr?: string };
  return [message, stdout, stderr].filter((text) => text !== undefined && text !== '').join('\n');
}
