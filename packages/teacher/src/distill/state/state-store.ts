import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeRunState, encodeRunState, type RunState } from './run-state.ts';

/** What was found of a run. */
export interface FoundState {
  readonly state: RunState;
  /** Names of newer files that could not be used, and why. */
  readonly damaged: readonly string[];
}

/** Two generations of a run's state in a folder: whatever happens to the newest one, the one before is whole. */
export interface StateStore {
  readonly folder: string;
  /**
   * The newest state that is whole.
   *
   * @returns `null` where there is no file at all
   * @throws {Error} when there are files, and none is whole
   */
  load(): Promise<FoundState | null>;
  /** Writes a state aside and renames it. @returns bytes @throws what the file system throws; nothing is lost then */
  save(state: RunState): Promise<number>;
  /** Removes all of it. */
  clear(): Promise<void>;
}

const NAMES = ['state-a.bin', 'state-b.bin'] as const;
const MAGIC = Buffer.from('THA4STATE1\n');
/** Magic, SHA-256 of the rest, number of the save. */
const HASH_END = MAGIC.length + 32;
const HEAD_BYTES = HASH_END + 4;

/** @param folder is made when the first state is saved */
export function createStateStore(folder: string): StateStore {
  let saves = 0;
  return {
    folder,
    async load() {
      const damaged: string[] = [];
      const whole: { readonly number: number; readonly state: RunState }[] = [];
      for (const name of NAMES) {
        const path = join(folder, name);
        try {
          whole.push(unseal(await readFile(path), path));
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code === 'ENOENT') continue;
          damaged.push((error as Error).message);
        }
      }
      const newest = whole.sort((a, b) => b.number - a.number)[0];
      if (newest !== undefined) {
        saves = newest.number;
        return { state: newest.state, damaged };
      }
      if (damaged.length === 0) return null;
      throw new Error(`${damaged.join('\n')}\nNothing of this run can be used; begin afresh with another --out`);
    },
    async save(state) {
      await mkdir(folder, { recursive: true });
      const bytes = seal(encodeRunState(state), saves + 1);
      const target = join(folder, NAMES[(saves + 1) % NAMES.length]!);
      const aside = `${target}.tmp`;
      try {
        const file = await open(aside, 'w');
        try {
          await file.writeFile(bytes);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(aside, target);
      } catch (error) {
        await rm(aside, { force: true });
        throw error;
      }
      saves++;
      return bytes.length;
    },
    clear: () => rm(folder, { recursive: true, force: true }),
  };
}

function seal(bytes: Uint8Array, number: number): Uint8Array {
  const file = Buffer.alloc(HEAD_BYTES + bytes.length);
  MAGIC.copy(file);
  file.writeUInt32LE(number, HASH_END);
  file.set(bytes, HEAD_BYTES);
  createHash('sha256').update(file.subarray(HASH_END)).digest().copy(file, MAGIC.length);
  return file;
}

function unseal(file: Buffer, path: string): { number: number; state: RunState } {
  const sound =
    file.length >= HEAD_BYTES &&
    file.subarray(0, MAGIC.length).equals(MAGIC) &&
    createHash('sha256').update(file.subarray(HASH_END)).digest().equals(file.subarray(MAGIC.length, HASH_END));
  if (!sound) throw new Error(`${path}: expected a state with a matching checksum, got ${file.length} damaged bytes`);
  return { number: file.readUInt32LE(HASH_END), state: decodeRunState(file.subarray(HEAD_BYTES), path) };
}
