import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Character, readCharacter } from '@tha4/core';
import { describe, expect, it } from 'vitest';
import { makeFolder } from './support.ts';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));
/** A draft of the demo character that trains for some seconds. */
const ARGUMENTS = ['distill', '--work', '0.6%', '--threads', '1', '--json', '--quiet'];

/** `tha4 distill` in a process of its own. */
function start(out: string): { process: ChildProcess; lines: string[]; ended: Promise<number | null> } {
  const child = spawn(
    process.execPath,
    ['--conditions=@tha4/source', '--import', import.meta.resolve('tsx'), MAIN, ...ARGUMENTS, '--out', out],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const lines: string[] = [];
  let rest = '';
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop()!;
    lines.push(...parts);
  });
  return { process: child, lines, ended: new Promise((resolve) => child.once('close', resolve)) };
}

/** Stops it `milliseconds` after its first update. @returns its exit code, `null` where a signal ended it */
async function stop(out: string, signal: NodeJS.Signals, milliseconds: number): Promise<number | null> {
  const run = start(out);
  const isTraining = (line: string): boolean => /"type":"progress","progress":0\.\d*[1-9]/.test(line);
  while (!run.lines.some(isTraining) && run.process.exitCode === null) await wait(20);
  await wait(milliseconds);
  run.process.kill(signal);
  return run.ended;
}

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

function character(out: string): Character {
  const path = join(out, 'Aurelia.tha');
  return readCharacter(readFileSync(path), path) as Character;
}

describe('tha4 distill, whole', () => {
  it('ends with the same character when it was killed on the way', async () => {
    const folder = makeFolder();
    const [whole, broken] = [join(folder, 'whole'), join(folder, 'broken')];
    const unbroken = start(whole);
    // Ctrl-C saves; what kill -9 takes was done since then.
    expect(await stop(broken, 'SIGINT', 2000 * Math.random())).toBe(130);
    expect(existsSync(join(broken, 'state'))).toBe(true);
    expect(await stop(broken, 'SIGKILL', 2000 * Math.random())).toBeNull();
    const again = start(broken);
    expect([await unbroken.ended, await again.ended]).toEqual([0, 0]);
    expect(again.lines.some((line) => line.includes('"type":"resumed"'))).toBe(true);

    const [a, b] = [character(whole), character(broken)];
    for (const network of ['face', 'body'] as const) {
      expect([...b[network].keys()]).toEqual([...a[network].keys()]);
      for (const [key, { data }] of a[network]) expect(b[network].get(key)!.data, key).toEqual(data);
    }
  });
});
