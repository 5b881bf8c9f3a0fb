import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Character, writeCharacter } from '@tha4/core';
import { afterAll } from 'vitest';
import { run } from '../src/program.ts';
import { smallCharacter } from './small-character.ts';

/** What one run of the program left behind. */
export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the program in this process. */
export async function tha4(...argv: string[]): Promise<Run> {
  return tha4WithSignal(new AbortController().signal, ...argv);
}

/** The same with Ctrl-C at hand. */
export async function tha4WithSignal(signal: AbortSignal, ...argv: string[]): Promise<Run> {
  let out = '';
  let err = '';
  const io = { errIsTerminal: false, colour: false, signal };
  const code = await run(argv, {
    ...io,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  });
  return { code, out, err };
}

/** A folder of the test's own, with a space and other letters in its name, removed afterwards. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tha4 ünï-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes the small character to `folder/small.tha`. */
export function writeSmall(folder: string, change: Partial<Character> = {}, name = 'small.tha'): string {
  const path = join(folder, name);
  writeFileSync(path, writeCharacter({ ...smallCharacter(), ...change }, 'F32'));
  return path;
}
