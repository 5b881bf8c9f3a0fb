import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodePng } from '@tha4/core';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { makeFolder, tha4, tha4WithSignal, writeSmall } from '../../test/support.ts';

const folder = makeFolder();
const small = writeSmall(folder);
const at = (...names: string[]): string => join(folder, ...names);
const pixels = (path: string) => decodePng(readFileSync(path), path);

describe('tha4 pose', () => {
  it('paints one pose, given in any way', async () => {
    const named = { mouth_aaa: 0.5, head_y: 1 };
    writeFileSync(at('named.json'), JSON.stringify(named));
    writeFileSync(at('no ending'), JSON.stringify(named));
    const pictures: Uint8Array[] = [];
    for (const pose of ['mouth_aaa=0.5,head_y=1', at('named.json'), at('no ending'), JSON.stringify(named)]) {
      const { code, out, err } = await tha4('pose', small, '--pose', pose, '--out', at('one.png'));
      expect(code).toBe(0);
      expect(out).toMatch(/^Painted Small One to .*one\.png \(1 frame of 64 x 64 px, /);
      expect(err).toMatch(/^Engine: WebAssembly kernels \(\d+ threads?\)\n$/);
      pictures.push(readFileSync(at('one.png')));
    }
    expect(new Set(pictures.map((png) => Buffer.from(png).toString('base64'))).size).toBe(1);
    expect(pixels(at('one.png')).data.some((byte, i) => i % 4 === 3 && byte < 128)).toBe(true);
  });

  it('paints the same on both engines', async () => {
    const options = ['--pose', 'smile', '--quiet', '--out'];
    expect((await tha4('pose', small, ...options, at('wasm.png'), '--engine', 'wasm')).code).toBe(0);
    expect((await tha4('pose', small, ...options, at('tfjs.png'), '--engine', 'tfjs')).code).toBe(0);
    const [a, b] = [pixels(at('wasm.png')).data, pixels(at('tfjs.png')).data];
    // Below full alpha a byte of colour can be any; see the golden data of the student.
    const off = a.map((byte, i) => (a[i | 3]! < 250 ? 0 : Math.abs(byte - b[i]!)));
    expect(Math.max(...off)).toBeLessThanOrEqual(1);
  });

  it('lays the frame over a colour', async () => {
    await tha4('pose', small, '--pose', 'neutral', '--out', at('white.png'), '--background', '#fffffe');
    const { data } = pixels(at('white.png'));
    expect([...data.subarray(0, 4)].slice(3)).toEqual([255]);
    expect(data.every((byte, i) => i % 4 !== 3 || byte === 255)).toBe(true);
  });

  it('says when a value is outside its range', async () => {
    const { err } = await tha4('pose', small, '--pose', 'head_y=7', '--out', at('one.png'));
    expect(err).toMatch(/^head_y is 7, outside -1 to 1/);
  });

  it.each([
    [['--pose', 'smlie', '--out', 'x.png'], 2, /did you mean 'smile'\?/],
    [['--pose', 'nose=1', '--out', 'x.png'], 2, /expected the name of a pose parameter, got 'nose'/],
    [['--pose', 'nowhere.json', '--out', 'x.png'], 1, /nowhere\.json: expected a file, got nothing/],
    [['--pose', 'smile', '--out', 'x.jpg'], 2, /ending in \.png/],
    [['--pose', 'smile', '--out', 'x.png', '--fps', '24'], 2, /single pictures have no speed/],
    [['--poses', 'seq.json', '--out', 'x.webp', '--fps', '0'], 2, /from 1 to 240, got 0/],
    [['--pose', 'smile', '--out', 'x.png', '--background', 'puce'], 2, /got 'puce'/],
    [['--poses', 'seq.json', '--out', 'x.png'], 2, /expected a folder\/ or a name ending in \.webp/],
    [['--poses', 'seq.json', '--out', 'x.gif'], 2, /got x\.gif/],
  ])('refuses %j', async (options, code, message) => {
    const result = await tha4('pose', small, ...options);
    expect(result.err).toMatch(message);
    expect(result.code).toBe(code);
  });

  it('refuses to replace a file that is no picture, and weights as a character', async () => {
    writeFileSync(at('notes.png'), 'notes');
    const refused = await tha4('pose', small, '--pose', 'smile', '--out', at('notes.png'));
    expect([refused.code, readFileSync(at('notes.png'), 'utf8')]).toEqual([1, 'notes']);
    await tha4('pose', small, '--pose', 'smile', '--out', at('one.png'));
    const picture = await tha4('pose', at('one.png'), '--pose', 'smile', '--out', at('two.png'));
    expect(picture.err).toMatch(/expected a character .*, got a picture/);
  });
});

const SEQUENCE = ['neutral', 'head_y=0.5', { head_y: 1 }, Array.from({ length: 45 }, (_, i) => i / 45)];

describe('tha4 pose --poses', () => {
  it('writes a numbered PNG for each pose', async () => {
    writeFileSync(at('seq.json'), JSON.stringify(SEQUENCE));
    const { code, out } = await tha4('pose', small, '--poses', at('seq.json'), '--out', at('frames/'));
    expect(code).toBe(0);
    expect(out).toMatch(/4 frames of 64 x 64 px/);
    expect(readdirSync(at('frames'))).toEqual(['0001', '0002', '0003', '0004'].map((n) => `frame_${n}.png`));
    // A shorter sequence replaces it whole; a folder with anything else in it is refused.
    writeFileSync(at('short.json'), '["smile"]');
    expect((await tha4('pose', small, '--poses', at('short.json'), '--out', at('frames'))).code).toBe(0);
    expect(readdirSync(at('frames'))).toEqual(['frame_0001.png']);
    writeFileSync(at('frames', 'mine.txt'), '');
    expect((await tha4('pose', small, '--poses', at('seq.json'), '--out', at('frames'))).code).toBe(1);
    expect((await tha4('pose', small, '--poses', at('seq.json'), '--out', at('frames'), '--force')).code).toBe(0);
    expect(readdirSync(at('frames'))).toHaveLength(5);
  });

  it('packs an animation that holds the same pixels', async () => {
    writeFileSync(at('timed.json'), JSON.stringify({ fps: 30, poses: SEQUENCE }));
    const { code, out } = await tha4('pose', small, '--poses', at('timed.json'), '--out', at('a.webp'));
    expect([code, out.includes('30 a second')]).toEqual([0, true]);
    await tha4('pose', small, '--poses', at('timed.json'), '--out', at('same/'));
    const animation = sharp(at('a.webp'), { animated: true });
    const { pages, delay, loop, pageHeight } = await animation.metadata();
    expect({ pages, delay, loop, pageHeight }).toEqual({ pages: 4, delay: [33, 34, 33, 33], loop: 0, pageHeight: 64 });
    const { data } = await animation.raw().toBuffer({ resolveWithObject: true });
    const expected = Buffer.concat([1, 2, 3, 4].map((n) => pixels(at('same', `frame_000${n}.png`)).data));
    expect(data.equals(expected)).toBe(true);
    const slow = await tha4('pose', small, '--poses', at('timed.json'), '--out', at('a.webp'), '--fps', '10', '--json');
    expect(JSON.parse(slow.out)).toMatchObject({ fps: 10, frames: 4, size: 64 });
  });

  it.each([
    ['[]', /got 0 poses/],
    ['{"fps": 24}', /got something else/],
    ['7', /got something else/],
    ['null', /got something else/],
    ['{"fps": "fast", "poses": ["smile"]}', /'fps': expected a number/],
    ['["smile", "smlie"]', /pose 2: .*did you mean 'smile'/],
    ['[{"head_y": "left"}]', /pose 1: 'head_y': expected a finite number/],
    ['[[1, 2]]', /pose 1: expected 45 numbers, got 2/],
    ['[', /expected JSON/],
  ])('refuses %s', async (text, message) => {
    writeFileSync(at('bad.json'), text);
    const { code, err } = await tha4('pose', small, '--poses', at('bad.json'), '--out', at('never/'));
    expect([code, existsSync(at('never'))]).toEqual([1, false]);
    expect(err).toMatch(message);
  });

  it('ends cleanly on Ctrl-C and keeps the finished frames', async () => {
    const poses = Array.from({ length: 200 }, (_, i) => `head_y=${i / 200}`);
    writeFileSync(at('long.json'), JSON.stringify(poses));
    const interrupt = new AbortController();
    const waiting = setInterval(() => existsSync(at('long', 'frame_0003.png')) && interrupt.abort(), 1);
    const { code, err } = await tha4WithSignal(
      interrupt.signal,
      'pose',
      small,
      '--poses',
      at('long.json'),
      '--out',
      at('long/'),
    );
    clearInterval(waiting);
    expect(code).toBe(130);
    expect(err).toMatch(/\nStopped after \d+ of 200 frames; they are in .*long\/\.\n$/);
    const names = readdirSync(at('long'));
    expect(names.length).toBeGreaterThanOrEqual(3);
    for (const name of names) expect(pixels(at('long', name)).width).toBe(64);
  });

  it('writes no half animation on Ctrl-C', async () => {
    const stopped = AbortSignal.abort();
    const { code } = await tha4WithSignal(stopped, 'pose', small, '--poses', at('seq.json'), '--out', at('half.webp'));
    expect([code, existsSync(at('half.webp'))]).toEqual([130, false]);
  });
});
