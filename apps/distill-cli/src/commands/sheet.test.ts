import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodePng } from '@tha4/core';
import { describe, expect, it } from 'vitest';
import { makeFolder, tha4, tha4WithSignal, writeSmall } from '../../test/support.ts';

const folder = makeFolder();
const small = writeSmall(folder);
const at = (...names: string[]): string => join(folder, ...names);
const demo = (file: string): string =>
  fileURLToPath(new URL(`../../../../packages/demo-character/${file}`, import.meta.url));

describe('tha4 sheet', () => {
  it('finds the face of a picture, and shows it in every pose by the puppet', async () => {
    const { code, out } = await tha4('sheet', demo('character.png'), '--out', at('sheet.png'), '--json');
    expect(code).toBe(0);
    // 39 of the face and both ends of the gaze, 6 of the body and 5 other ends, and twice at rest.
    expect(JSON.parse(out)).toMatchObject({ command: 'sheet', teacher: 'puppet', poses: 54 });
    const { width, height, data } = decodePng(readFileSync(at('sheet.png')), 'sheet');
    expect([width, height]).toEqual([8 * 224, 8 * 240]);
    const cell = (column: number, row: number): Uint8Array =>
      Uint8Array.from({ length: 224 * 224 * 4 }, (_, i) => {
        const [x, y] = [column * 224 + (Math.floor(i / 4) % 224), row * 240 + 16 + Math.floor(i / 4 / 224)];
        return data[(y * width + x) * 4 + (i % 4)]!;
      });
    const rest = Buffer.from(cell(0, 0));
    for (let index = 1; index < 42; index++) {
      expect(rest.equals(cell(index % 8, Math.floor(index / 8))), `cell ${index}`).toBe(false);
    }
  });

  it('shows a character by its own student, and by its file for its picture', async () => {
    const options = ['--out', at('small.png'), '--json', '--threads', '1'];
    const { out } = await tha4('sheet', small, ...options);
    expect(JSON.parse(out)).toMatchObject({ name: 'Small One', teacher: 'student', poses: 54 });
    const own = readFileSync(at('small.png'));
    writeFileSync(at('picture.png'), await pictureOf(small));
    await tha4('sheet', at('picture.png'), '--teacher', `student:${small}`, ...options);
    expect(readFileSync(at('small.png')).equals(own)).toBe(true);
  });

  it.each([
    [['--teacher', 'magic'], 2, /expected puppet, student:FILE, tha4, tha3 or tha3-separable, got 'magic'/],
    [['--out', 'x.jpg'], 2, /ending in \.png/],
    [['--mask', 'nowhere.png'], 1, /nowhere\.png: expected a file, got nothing/],
    [['--teacher', `student:${small}`], 1, /expected the picture of Small One, got another one/],
  ])('refuses %j', async (options, code, message) => {
    const run = await tha4('sheet', demo('character.png'), '--out', at('no.png'), ...options);
    expect(run.code).toBe(code);
    expect(run.err).toMatch(message);
    expect(existsSync(at('no.png'))).toBe(false);
  });

  it('stops between two poses', async () => {
    const control = new AbortController();
    control.abort();
    const { code } = await tha4WithSignal(control.signal, 'sheet', small, '--out', at('stopped.png'), '--threads', '1');
    expect(code).toBe(130);
    expect(existsSync(at('stopped.png'))).toBe(false);
  });
});

async function pictureOf(file: string): Promise<Uint8Array> {
  const { readCharacter } = await import('@tha4/core');
  return readCharacter(readFileSync(file), file).imagePng;
}
