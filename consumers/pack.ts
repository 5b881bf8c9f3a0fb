import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);
export const ROOT: string = fileURLToPath(new URL('..', import.meta.url));
const PACKAGES = join(ROOT, 'packages');

/** What a project has beside the packages, in the versions that this repository uses. */
const TOOLS = ['typescript', 'vite'] as const;
/** Types that ours mention. */
const TYPES = ['@types/react', 'react'] as const;

/** A program's end, or its output in the error. */
export async function runIn(folder: string, program: string, ...args: string[]): Promise<string> {
  try {
    const { stdout } = await execute(program, args, { cwd: folder, maxBuffer: 64e6, env: quiet() });
    return stdout;
  } catch (error) {
    const { stdout, stderr, message } = error as Error & { stdout?: string; stderr?: string };
    throw new Error(`${program} ${args.join(' ')}: ${message}\n${stdout ?? ''}\n${stderr ?? ''}`);
  }
}

/** Builds all packages, packs those that are published, and installs them into a project that has nothing else. */
export async function installPacked(project: string): Promise<readonly string[]> {
  await runIn(ROOT, ...pnpm('build', '--filter=./packages/*', '--output-logs=errors-only'));
  const published = readdirSync(PACKAGES).filter((folder) => manifest(join(PACKAGES, folder)).private !== true);
  const files = await Promise.all(
    published.map(async (folder) => {
      const packed = await runIn(join(PACKAGES, folder), ...pnpm('pack', '--json', '--pack-destination', project));
      return [manifest(join(PACKAGES, folder)).name, `file:${JSON.parse(packed).filename}`] as const;
    }),
  );
  const require = createRequire(join(PACKAGES, 'element/package.json'));
  const rootRequire = createRequire(join(ROOT, 'package.json'));
  const versions = (names: readonly string[], from: NodeJS.Require): Record<string, string> =>
    Object.fromEntries(names.map((name) => [name, manifestOf(name, from).version]));
  writeFileSync(
    join(project, 'package.json'),
    JSON.stringify({
      name: 'consumer',
      private: true,
      type: 'module',
      dependencies: Object.fromEntries(files),
      devDependencies: { ...versions(TOOLS, rootRequire), ...versions(TYPES, require) },
      pnpm: { overrides: Object.fromEntries(files) },
    }),
  );
  await runIn(project, ...pnpm('install', '--prefer-offline', '--ignore-scripts', '--ignore-workspace'));
  return files.map(([name]) => name);
}

function pnpm(...args: string[]): [string, ...string[]] {
  return ['npx', '-y', 'pnpm@10', ...args];
}

function manifest(folder: string): { name: string; version: string; private?: boolean } {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

function manifestOf(name: string, require: NodeJS.Require): { version: string } {
  return manifest(require.resolve(`${name}/package.json`).replace(/package\.json$/, ''));
}

/** Installing prints nothing that a reader of the tests needs. */
function quiet(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _, ...env } = process.env;
  return { ...env, TURBO_TELEMETRY_DISABLED: '1' };
}
