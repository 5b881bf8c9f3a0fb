import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { decodePng } from '@tha4/core';
import { describeShared, sharedPath } from '@tha4/test-utils';
import sharp, { type Sharp } from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { figurePng, figureSvg } from '../../test/drawn-figure.ts';
import { makeFolder, tha4 } from '../../test/support.ts';

const folder = makeFolder();
const at = (...names: string[]) => join(folder, ...names);
const save = (name: string, bytes: Uint8Array | string) => {
  writeFileSync(at(name), bytes);
  return at(name);
};

/** Runs the program and reads what it printed. */
async function prepare(picture: string, out: string, ...more: string[]) {
  const { code, out: text } = await tha4('prepare', picture, '--out', at(out), '--json', '--quiet', ...more);
  return { code, result: JSON.parse(text) };
}

/** A PNG of one bit a pixel, whatever size it claims. */
function onePng(width: number, height: number, rows = height): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const all = Buffer.alloc(body.length + 8);
    all.writeUInt32BE(data.length, 0);
    body.copy(all, 4);
    all.writeUInt32BE(crc32(body), body.length + 4);
    return all;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  const line = Buffer.alloc((Math.ceil(width / 8) + 1) * rows);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(line)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

describe('prepare', () => {
  let figure: Buffer;
  beforeAll(async () => {
    figure = await figurePng();
    save('figure.png', figure);
  });

  it('passes a picture that keeps the rules with its pixels unchanged, and writes all four files', async () => {
    const before = createHash('sha256')
      .update(readFileSync(at('figure.png')))
      .digest('hex');
    const { code, result } = await prepare(at('figure.png'), 'good');
    expect([code, result.report.conforming, result.report.findings, result.report.done]).toEqual([0, true, [], []]);
    expect(readdirSync(at('good')).sort()).toEqual(['character.png', 'face_mask.png', 'overlay.png', 'report.json']);
    const [original, prepared] = [figure, readFileSync(at('good', 'character.png'))].map(
      (png) => decodePng(png, 'x').data,
    );
    expect(Buffer.from(prepared!).equals(Buffer.from(original!))).toBe(true);
    expect(JSON.parse(readFileSync(at('good', 'report.json'), 'utf8'))).toEqual(result.report);
    expect(
      createHash('sha256')
        .update(readFileSync(at('figure.png')))
        .digest('hex'),
    ).toBe(before);
    const mask = await sharp(at('good', 'face_mask.png')).metadata();
    expect([mask.channels, mask.width, mask.height, mask.hasAlpha]).toEqual([3, 512, 512, false]);
    const values = new Set(await sharp(at('good', 'face_mask.png')).raw().toBuffer());
    expect([...values].sort()).toEqual([0, 255]);
  });

  it.each([
    ['photo.jpg', (image: Sharp) => image.flatten({ background: '#fff' }).jpeg({ quality: 85 }), []],
    [
      'print.jpg',
      (image: Sharp) => image.flatten({ background: '#fff' }).toColourspace('cmyk').jpeg(),
      ['Turned printing colours'],
    ],
    [
      'print.tif',
      (image: Sharp) => image.flatten({ background: '#fff' }).toColourspace('cmyk').tiff(),
      ['Turned printing colours'],
    ],
    ['deep.png', (image: Sharp) => image.toColourspace('rgb16').png(), ['Reduced the colours to 8 bits']],
    [
      'turned.jpg',
      (image: Sharp) => image.flatten({ background: '#fff' }).rotate(90).withMetadata({ orientation: 8 }).jpeg(),
      ['upright'],
    ],
  ] as const)('mends %s', async (name, change, notes) => {
    const path = save(name, await change(sharp(figure)).toBuffer());
    const { code, result } = await prepare(path, `from ${name}`);
    expect([code, result.report.ok]).toEqual([0, true]);
    for (const note of notes) expect(result.report.done.join(' ')).toContain(note);
    const { leftEye, rightEye, mouth } = result.report.features;
    for (const [point, x, y] of [
      [rightEye, 233, 147],
      [leftEye, 279, 147],
      [mouth, 256, 178],
    ] as const) {
      expect(Math.hypot(point.x - x, point.y - y)).toBeLessThan(12);
    }
    const { data } = decodePng(readFileSync(at(`from ${name}`, 'character.png')), name);
    expect([...data.subarray(0, 4)]).toEqual([0, 0, 0, 0]);
  });

  it('reads SVG, and takes the first frame of an animation', async () => {
    const svg = await prepare(save('figure.svg', figureSvg()), 'svg');
    expect([svg.code, svg.result.report.conforming]).toEqual([0, true]);
    const { data } = await sharp(figure).raw().toBuffer({ resolveWithObject: true });
    const frames = Buffer.concat([data, Buffer.alloc(data.length)]);
    const raw = { width: 512, height: 1024, channels: 4, pageHeight: 512 } as const;
    const gif = await sharp(frames, { raw })
      .gif({ delay: [100, 100] })
      .toBuffer();
    const animated = await prepare(save('moving.gif', gif), 'gif');
    expect(animated.code).toBe(0);
    expect(animated.result.report.done[0]).toBe('Took the first of 2 frames.');
  });

  it.each([
    ['empty.png', '', /got an empty file/],
    ['words.png', 'just a text, with nothing special about it', /got a file of another kind/],
    ['one.png', onePng(1, 1), /expected at least 64x64 pixels, got 1x1/],
    ['claims.png', onePng(60_000, 60_000, 1), /expected at most 64 million pixels, got 60000x60000/],
    [
      'claims.svg',
      '<svg xmlns="http://www.w3.org/2000/svg" width="30000" height="30000"/>',
      /expected at most 64 million pixels/,
    ],
    ['damaged.png', onePng(512, 512, 20), /expected a whole picture, got a damaged one/],
  ])('refuses %s', async (name, bytes, message) => {
    const { code, result } = await prepare(save(name, bytes), 'never');
    expect([code, existsSync(at('never'))]).toEqual([1, false]);
    expect(result.error.message).toMatch(message);
  });

  it('refuses a picture that ends early, and one of 20000x20000, without decoding it', async () => {
    const early = await prepare(save('early.png', figure.subarray(0, figure.length / 2)), 'never');
    expect([early.code, early.result.error.message]).toEqual([1, expect.stringMatching(/got a damaged one/)]);
    const before = process.memoryUsage().rss;
    const large = await prepare(save('large.png', onePng(20_000, 20_000)), 'never');
    expect(large.result.error.message).toMatch(/expected at most 64 million pixels, got 20000x20000/);
    // Decoded, it would be 1.6 GB.
    expect(process.memoryUsage().rss - before).toBeLessThan(300e6);
  });

  it('says what is wrong with a black square, and keeps nothing of a former run that would pass for its own', async () => {
    await prepare(at('figure.png'), 'again');
    const black = await sharp({ create: { width: 512, height: 512, channels: 3, background: '#000' } })
      .png()
      .toBuffer();
    const { code, result } = await prepare(save('black.png', black), 'again');
    expect([code, result.report.ok]).toEqual([1, false]);
    expect(result.report.findings[0].text).toMatch(/one colour only/);
    expect(readdirSync(at('again')).sort()).toEqual(['overlay.png', 'report.json']);
  });

  it('says that there are two figures', async () => {
    const two = sharp({ create: { width: 1024, height: 512, channels: 4, background: '#0000' } });
    const path = save(
      'two.png',
      await two
        .composite([
          { input: figure, left: 0, top: 0 },
          { input: figure, left: 512, top: 0 },
        ])
        .png()
        .toBuffer(),
    );
    const { code, result } = await prepare(path, 'two');
    expect(code).toBe(1);
    expect(result.report.findings[0]).toMatchObject({
      rule: 'figure',
      kind: 'problem',
      text: expect.stringMatching(/more than one figure/),
    });
  });

  it('warns where eyes are closed and the mouth is missing', async () => {
    const closed = figureSvg()
      .replace(/<(ellipse|circle) c[xy]="\d+" cy="1(4[378])"[^>]*>/g, '')
      .replace(/<path d="M246 176[^>]*>/, '');
    const { code, result } = await prepare(save('closed.svg', closed), 'closed', '--head', '192,64,128,128');
    expect(code).toBe(0);
    expect(result.report.findings.map(({ rule }: { rule: string }) => rule)).toEqual(expect.arrayContaining(['mouth']));
    expect(result.report.findings.map(({ rule }: { rule: string }) => rule)).toEqual(expect.arrayContaining(['eyes']));
  });

  it('takes a head, a mask and boxes that are given', async () => {
    const head = await prepare(at('figure.png'), 'head', '--head', '182,54,148,148');
    expect(head.result.report.head).toMatchObject({ left: 182, top: 54, size: 148, from: 'given' });
    expect(head.result.report.placement.scale).toBeCloseTo(128 / 148, 6);
    const boxes = await prepare(at('figure.png'), 'boxes', '--mouth', '230,170,50,30');
    expect(boxes.result.report.mask).toMatchObject({
      from: 'given',
      boxes: { mouth: { left: 230, top: 170, width: 50, height: 30 } },
    });
    const soft = await sharp(at('good', 'face_mask.png')).blur(2).png().toBuffer();
    const mask = await prepare(at('figure.png'), 'mask', '--mask', save('soft.png', soft));
    expect(mask.result.report.done.join(' ')).toMatch(/\d+ pixels that are neither black nor white/);
    const values = new Set(await sharp(at('mask', 'face_mask.png')).raw().toBuffer());
    expect([...values].sort()).toEqual([0, 255]);
  });

  it.each([
    [['--head', '1,2,3'], 2, /expected x,y,width,height/],
    [['--head', '500,0,100,100'], 1, /inside of the picture's 512x512/],
    [['--mouth', '0,0,50,50'], 1, /'mouth': expected whole pixels within columns 192 to 320/],
    [['--mask', 'x.png', '--mouth', '230,170,50,30'], 2, /cannot be used with/],
  ] as const)('refuses %j', async (flags, code, message) => {
    const run = await tha4('prepare', at('figure.png'), '--out', at('no'), ...flags);
    expect([run.code, existsSync(at('no'))]).toEqual([code, false]);
    expect(run.err).toMatch(message);
  });

  it("never writes over the user's files", async () => {
    mkdirSync(at('mine'));
    writeFileSync(at('mine', 'character.png'), figure);
    const own = await tha4('prepare', at('mine', 'character.png'), '--out', at('mine'), '--force');
    expect([own.code, own.err]).toEqual([1, expect.stringMatching(/the one that is being read/)]);
    const foreign = await tha4('prepare', at('figure.png'), '--out', at('mine'));
    expect([foreign.code, foreign.err]).toEqual([1, expect.stringMatching(/add --force/)]);
    expect(readFileSync(at('mine', 'character.png')).equals(figure)).toBe(true);
  });
});

describeShared('prepare, a photograph', () => {
  it('says that the background has to go', async () => {
    const { code, result } = await prepare(sharedPath('fixtures/webcam/astronaut.png'), 'photograph');
    expect(code).toBe(1);
    expect(result.report.findings[0]).toMatchObject({ rule: 'background', kind: 'problem' });
  });
});
