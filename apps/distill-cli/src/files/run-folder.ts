import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { guardFolder } from './guard-output.ts';
import { writeAtomic } from './write-atomic.ts';

/** What `run.json` in the folder of a distillation says. */
export interface RunFile {
  readonly format: 'tha4-run';
  readonly version: 1;
  readonly state: 'running' | 'done';
  readonly fingerprint: Readonly<Record<string, string>>;
  readonly budgetSeconds: number | null;
  /** Of a finished run: what `distill` returned. */
  readonly result: unknown;
}

const RUN_FILE = 'run.json';

/** The folder that a distillation writes into. */
export interface RunFolder {
  readonly path: string;
  readonly stateFolder: string;
  readonly at: (name: string) => string;
  /** `null` where no run was here. */
  readonly read: () => Promise<RunFile | null>;
  readonly write: (run: RunFile) => Promise<void>;
  readonly put: (name: string, bytes: Uint8Array | string) => Promise<void>;
  readonly remove: (name: string) => Promise<void>;
}

/**
 * Opens a folder for a run; it is made when something is written.
 *
 * @param names files that a run writes
 * @throws {FileError} when it holds anything but a former run's files, without `force`
 */
export async function openRunFolder(
  path: string,
  names: readonly string[],
  sources: readonly string[],
  force: boolean,
): Promise<RunFolder> {
  const all = [RUN_FILE, 'state', ...names];
  // What the system left behind of a file that was being written when a run was killed.
  const isOurs = (name: string): boolean => all.includes(name) || /^\..*\.tmp$/.test(name) || name === '.DS_Store';
  await guardFolder(path, { names, isOurs, mark: { name: RUN_FILE, text: '"tha4-run"' } }, sources, force);
  const at = (name: string): string => join(path, name);
  const put = (name: string, bytes: Uint8Array | string): Promise<void> =>
    writeAtomic(at(name), typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes);
  return {
    path,
    stateFolder: at('state'),
    at,
    read: async () => {
      try {
        return JSON.parse(await readFile(at(RUN_FILE), 'utf8')) as RunFile;
      } catch {
        return null; // nothing there, or cut off: the run's state says more
      }
    },
    write: (run) => put(RUN_FILE, `${JSON.stringify(run, null, 2)}\n`),
    put,
    remove: (name) => rm(at(name), { force: true, recursive: true }),
  };
}
