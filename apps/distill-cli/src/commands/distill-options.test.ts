import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder, tha4 } from '../../test/support.ts';
import { readOriginalConfig } from './distill-config.ts';
import { type DistillOptions, distillConfig, parseTime } from './distill-options.ts';

const OPTIONS: DistillOptions = { teacher: 'puppet', recipe: 'draft', backend: 'auto' };

describe('the options of distill', () => {
  it('take times as people write them', () => {
    expect([parseTime('90s'), parseTime('10m'), parseTime('1h30m'), parseTime('0.5h')]).toEqual([90, 600, 5400, 1800]);
    for (const text of ['', '10', '3s', 'm', '-5m', '10m 5', '5000h'])
      expect(() => parseTime(text)).toThrow(/--time: expected/);
  });

  it('take a part of the work', async () => {
    const config = await distillConfig(undefined, { ...OPTIONS, work: '2.5%' });
    expect(config).toMatchObject({ work: 0.025, budgetSeconds: null });
  });

  it('mean the demo character without a picture', async () => {
    const config = await distillConfig(undefined, OPTIONS);
    expect(config).toMatchObject({
      isDemo: true,
      name: 'Aurelia',
      out: join('out', 'Aurelia'),
      licence: 'CC0-1.0',
      budgetSeconds: null,
    });
  });

  it('name a character after its picture, or the folder of one that says nothing', async () => {
    expect((await distillConfig('a/rin.v2.png', OPTIONS)).out).toBe(join('out', 'rin.v2'));
    expect((await distillConfig('a/rin/character.png', OPTIONS)).name).toBe('rin');
    expect((await distillConfig('a/凛.png', OPTIONS)).out).toBe(join('out', '凛'));
    expect((await distillConfig('x.png', { ...OPTIONS, name: '../a/b' })).out).toBe(join('out', '_a_b'));
  });

  it('say in one line what stands in the way of a GPU', async () => {
    for (const backend of ['cuda', 'webgpu']) {
      const { code, err } = await tha4('distill', '--backend', backend);
      expect(code).toBe(2);
      expect(err).toMatch(new RegExp(`^Error: --backend ${backend}: [^\\n]+; leave it out, and the CPU trains\\n$`));
    }
  });

  it('refuse what cannot be meant', async () => {
    for (const argv of [
      ['--teacher', 'tha4'],
      ['--teacher', 'student'],
      ['--seed', '-1'],
      ['--time', 'soon'],
      ['--work', '0%'],
      ['--work', '101%'],
      ['--work', '5'],
      ['--work', '5%', '--time', '1m'],
      ['--threads', '0'],
    ]) {
      expect((await tha4('distill', ...argv)).code, argv.join(' ')).toBe(2);
    }
  });
});

describe("the original's configuration", () => {
  it('is understood, and what means nothing here is named', async () => {
    const folder = makeFolder();
    mkdirSync(join(folder, 'run'));
    const path = join(folder, 'config.yaml');
    writeFileSync(
      path,
      `prefix: ${JSON.stringify(join(folder, 'run'))}
character_image_file_name: rin.png
face_mask_image_file_name: rin_mask.png
face_morpher_random_seed_0: 12771885812175595441
face_morpher_batch_size: 8
num_gpus: 1
`,
    );
    const config = await distillConfig(undefined, { ...OPTIONS, config: path });
    expect(config).toMatchObject({
      picture: join(folder, 'rin.png'),
      mask: join(folder, 'rin_mask.png'),
      name: 'rin',
      out: join(folder, 'run', 'rin'),
      isDemo: false,
    });
    const seed = 12771885812175595441n;
    expect(config.seed).toBe(Number((seed ^ (seed >> 32n)) & 0xffffffffn));
    expect(config.notes).toHaveLength(2);
    expect(config.notes[0]).toMatch(/'face_morpher_batch_size' changes nothing: /);
  });

  it('is refused where it says something else', async () => {
    const path = join(makeFolder(), 'config.yaml');
    for (const [text, message] of [
      ['- 1', /a YAML mapping/],
      ['a: [', /expected YAML/],
      ['learning_rate: 3', /got 'learning_rate'/],
      ['prefix: 3', /'prefix': expected a file name/],
      ['face_morpher_random_seed_0: -1', /a whole number below 2\^64/],
    ] as const) {
      writeFileSync(path, text);
      await expect(readOriginalConfig(path)).rejects.toThrow(message);
    }
  });
});
