import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodePng } from '@tha4/core';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { makeFolder, tha4, writeSmall } from '../../test/support.ts';

const folder = makeFolder();
const at = (name: string): string => join(folder, name);
const picture = fileURLToPath(import.meta.resolve('@tha4/demo-character/character.png'));

beforeEach(() => {
  vi.stubEnv('THA4_CONFIG', at('config'));
  vi.stubEnv('THA4_WEIGHTS', at('weights'));
  vi.stubEnv('THA4_CACHE', at('cache'));
});

describe('without weights', () => {
  it.each([
    ['pose', [picture, '--pose', 'smile', '--out', at('no.png')], 'tha4', 'CC BY-NC 4.0'],
    ['sheet', [picture, '--out', at('no.png')], 'tha3', 'CC BY 4.0'],
    ['distill', [picture, '--out', at('no')], 'tha3-separable', 'CC BY 4.0'],
  ])(
    '%s says in three lines what is missing, where it is, under which licence, and what needs none',
    async (...row) => {
      const [command, argv, teacher, licence] = row;
      const { code, err } = await tha4(command, ...argv, '--teacher', teacher);
      expect(code).toBe(1);
      const lines = err.trimEnd().split('\n');
      expect(lines).toHaveLength(3);
      expect(lines[0]).toMatch(
        new RegExp(`^Error: --teacher ${teacher} needs the THA.* weights: eyebrow_decomposer\\.pt, `),
      );
      expect(lines[1]).toContain(
        `github.com/pkhungurn/talking-head-anime-${teacher.slice(3, 4)}-demo under ${licence}`,
      );
      expect(lines[2]).toBe('--teacher puppet needs none.');
      expect(existsSync(at('no.png')) || existsSync(at('no'))).toBe(false);
    },
  );

  it('weights says that they are not here', async () => {
    const { code, out } = await tha4('weights');
    expect(code).toBe(0);
    expect(out).toMatch(/tha4 +not here\n +CC BY-NC 4\.0, https:.*\n +tha3 +not here\n/);
    const { systems } = JSON.parse((await tha4('weights', '--json')).out);
    expect(systems).toHaveLength(3);
  });

  it('names what is missing of a part', async () => {
    mkdirSync(at('part'));
    writeFileSync(at('part/upscaler.pt'), '');
    const { err } = await tha4('sheet', picture, '--teacher', 'tha4', '--weights', at('part'), '--out', at('no.png'));
    expect(err).toMatch(
      /part: expected the 5 files of THA4, got 1; missing: eyebrow_decomposer\.pt, .*body_morpher\.pt\.\n/,
    );
  });

  it('refuses weights of something else, by name and shape', async () => {
    mkdirSync(at('wrong'));
    const student = readFileSync(writeSmall(makeFolder()));
    for (const name of [
      'eyebrow_decomposer',
      'eyebrow_morphing_combiner',
      'face_morpher',
      'body_morpher',
      'upscaler',
    ]) {
      writeFileSync(at(`wrong/${name}.pt`), student);
    }
    const { code, err } = await tha4(
      'sheet',
      picture,
      '--teacher',
      'tha4',
      '--weights',
      at('wrong'),
      '--out',
      at('no.png'),
    );
    expect(code).toBe(1);
    expect(err).toMatch(/eyebrow_decomposer\.pt: expected a zip with one data\.pkl/);
  });
});

describe('tha4 weights fetch', () => {
  it('shows the licence, and downloads nothing that nobody accepted', async () => {
    const { code, err } = await tha4('weights', 'fetch', 'tha4', '--from', 'http://127.0.0.1:9/none.zip');
    expect(code).toBe(2);
    expect(err).toMatch(/^THA4 weights, by Pramook Khungurn/);
    expect(err).toMatch(/Licence: CC BY-NC 4\.0: not for commercial use/);
    expect(err).toMatch(/add --accept-licence\n$/);
    expect(existsSync(at('weights'))).toBe(false);
  });

  it('knows two archives', async () => {
    expect((await tha4('weights', 'fetch', 'tha5')).err).toMatch(/expected tha4 or tha3, got 'tha5'/);
  });
});

describe('tha4 export-onnx', () => {
  it('writes the graphs of a character', async () => {
    const { code, out } = await tha4('export-onnx', writeSmall(folder), at('onnx'));
    expect(code).toBe(0);
    expect(out).toMatch(/^Wrote .*\n( {2}\S+\.(onnx|png) .*\n)+$/);
    expect(readdirSync(at('onnx')).sort()).toEqual([
      'body_morpher.onnx',
      'character.png',
      'face_morpher.onnx',
      'student.onnx',
    ]);
    expect((await tha4('export-onnx', 'tha4', at('x.onnx'))).err).toMatch(/expected a folder to write into/);
    expect((await tha4('export-onnx', 'tha4', at('x'))).err).toMatch(/needs the THA4 weights/);
  });
});

describe('tha4 compare', () => {
  it('paints the same pose twice, and tells how alike both are', async () => {
    const argv = ['puppet', 'puppet', '--picture', picture, '--count', '1', '--out', at('compare.png')];
    const { code, out } = await tha4('compare', ...argv, '--json');
    expect(code).toBe(0);
    const { poses, mean } = JSON.parse(out);
    expect(poses).toEqual([{ name: 'pose 1', psnr: 120, ssim: 1, facePsnr: 120, faceSsim: 1 }]);
    expect(mean).toMatchObject({ psnr: 120, ssim: 1 });
    const sheet = decodePng(readFileSync(at('compare.png')), 'sheet');
    expect([sheet.width, sheet.height]).toEqual([768, 512 + 26]);
  });

  it.each([
    [['puppet', 'tha4'], /expected a picture for two teachers, got none; add --picture FILE/],
    [['puppet', 'puppet', '--picture', picture, '--count', '0'], /--count: expected a whole number from 1 to 64/],
    [['puppet', 'puppet', '--picture', picture, '--out', 'x.jpg'], /--out: expected a name ending in \.png/],
  ])('refuses %j', async (argv, message) => {
    const { code, err } = await tha4('compare', ...argv);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });
});
