import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root folder. */
export const ROOT: string = fileURLToPath(new URL('..', import.meta.url));

/** The folder that the user typed the command in: pnpm itself runs scripts from the root. */
export const USER_FOLDER: string = process.env.INIT_CWD ?? process.cwd();

/** Runs a program with this terminal, from `cwd`; resolves to its exit code. */
export function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<number> {
  const child = spawn(program, args, {
    cwd: options.cwd ?? ROOT,
    env: { ...process.env, ...options.env },
    stdio: 'inherit',
  });
  // Ctrl-C reaches the child by itself; this program waits for it to clean up.
  const wait = (): void => undefined;
  process.on('SIGINT', wait);
  return new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)));
  }).finally(() => process.off('SIGINT', wait));
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** Runs the `bin` of a package that is installed in the root, or in `options.cwd`, with this Node. */
export function runBin(
  packageName: string,
  file: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<number> {
  const places = [options.cwd ?? ROOT, ROOT].map((folder) => join(folder, 'node_modules', packageName, file));
  const program = places.find((path) => existsSync(path));
  if (program === undefined) throw new Error(`${packageName}: expected ${file} in ${places[0]}; run pnpm install`);
  return run(process.execPath, [program, ...args], options);
}

/** Runs turbo, and does not let it report to its makers. */
export function runTurbo(args: readonly string[]): Promise<number> {
  return runBin('turbo', 'bin/turbo', args, { env: { TURBO_TELEMETRY_DISABLED: '1' } });
}

/** Runs the `tha4` command from its source. */
export function runTha4(args: readonly string[], cwd: string): Promise<number> {
  const main = fileURLToPath(new URL('../apps/distill-cli/src/main.ts', import.meta.url));
  const tsx = import.meta.resolve('tsx');
  return run(process.execPath, ['--conditions=@tha4/source', ...FAST_KERNELS, '--import', tsx, main, ...args], { cwd });
}

/** Fused multiply-add in WebAssembly, a fifth of a training's time: newer Nodes have it without being asked. */
const FAST_KERNELS: readonly string[] = /^20\./.test(process.versions.node) ? ['--experimental-wasm-relaxed-simd'] : [];
