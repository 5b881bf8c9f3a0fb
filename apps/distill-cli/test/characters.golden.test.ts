import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Character, readCharacter, readPt, readZip, type Weights, writeZip } from '@tha4/core';
import { CHARACTERS, describeShared, PYTORCH_CHARACTERS, sharedPath } from '@tha4/test-utils';
import { expect, it } from 'vitest';
import { makeFolder, tha4 } from './support.ts';

describeShared('the published characters', () => {
  const folder = makeFolder();

  it.each(CHARACTERS)("%s goes to .tha, to the original's folder and back without losing a bit", async (name) => {
    const source = sharedPath(`characters/${name}`);
    const [tha, original, again] = [`${name}.tha`, `${name} original/`, `${name} again.tha`].map((n) =>
      join(folder, n),
    );
    await expectSuccess('convert', source, tha!, '--dtype', 'fp32', '--no-survey');
    await expectSuccess('convert', tha!, original!, '--to', 'original');
    await expectSuccess('convert', original!, again!, '--dtype', 'fp32', '--no-survey');
    expect(readFileSync(again!).equals(readFileSync(tha!))).toBe(true);
    expect(readFileSync(tha!).length).toBeLessThan(2.2e6);
    const picture = readFileSync(join(source, 'character.png'));
    expect(readFileSync(join(original!, 'character.png')).equals(picture)).toBe(true);
    if (!PYTORCH_CHARACTERS.includes(name)) return;
    for (const file of ['face_morpher.pt', 'body_morpher.pt']) {
      const before = readPt(readFileSync(join(source, file)), file);
      const after = readPt(readFileSync(join(original!, file)), file);
      expect([...after.keys()]).toEqual([...before.keys()]);
      for (const [key, { shape, bytes }] of before) {
        expect(after.get(key)!.shape).toEqual(shape);
        expect(Buffer.from(after.get(key)!.bytes).equals(bytes), key).toBe(true);
      }
    }
  });

  it('become half as large by default, with nothing to be seen, and keep their bits from then on', async () => {
    const [first, again] = ['int16.tha', 'int16 again.tha'].map((name) => join(folder, name));
    const source = sharedPath('characters/lambda_00');
    const { out } = await tha4('convert', source, first!, '--no-survey', '--json', '--quiet');
    const { dtype, fidelity, to } = JSON.parse(out);
    expect(dtype).toBe('int16');
    expect(fidelity.worst).toBeGreaterThan(60);
    expect(to.bytes).toBeLessThan(1.1e6);
    await expectSuccess('convert', first!, again!, '--no-survey');
    expect(readFileSync(again!).equals(readFileSync(first!))).toBe(true);
  });

  it('become small at 47 dB or more', async () => {
    const small = join(folder, 'small.tha');
    // The one that fp16 serves worst.
    const source = sharedPath('characters/touhoku_zunko');
    const { out } = await tha4('convert', source, small, '--size', 'small', '--no-survey', '--json', '--quiet');
    const { fidelity } = JSON.parse(out);
    expect(fidelity.worst).toBeGreaterThanOrEqual(47);
    expect(fidelity.figure).toBeGreaterThanOrEqual(47);
    expect(readZip(readFileSync(small), 'small').get('weights.safetensors')!.length).toBeLessThan(550_000);
  });

  it.each([
    ['lambda_chan', 'lambda_00'],
    ['lambda_san', 'lambda_01'],
  ])('%s of the web demo is %s of PyTorch, bit for bit', async (web, pytorch) => {
    const [a, b] = [web, pytorch].map((name) => readCharacter(readFileSync(join(folder, `${name}.tha`)), name));
    expectSameWeights(a!.face, b!.face);
    expectSameWeights(a!.body, b!.body);
    expect(Buffer.from((a as Character).imagePng).equals((b as Character).imagePng)).toBe(true);
  });

  it('a folder of ten says so, and names them', async () => {
    const { code, err } = await tha4('info', sharedPath('characters'));
    expect(code).toBe(1);
    expect(err).toMatch(/expected one character, got 10 \(koakuma_mei, lambda_00, /);
  });

  it("finds one sound, and one with another's picture not", async () => {
    const { out, code } = await tha4('check', sharedPath('characters/lambda_01'), '--json', '--quiet');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ ok: true, problems: [], warnings: [] });
    expect(JSON.parse(out).neutralPsnr).toBeGreaterThan(30);
    const parts = new Map(readZip(readFileSync(join(folder, 'lambda_01.tha')), 'lambda_01'));
    parts.set('character.png', readFileSync(sharedPath('characters/lambda_00/character.png')));
    writeFileSync(join(folder, 'mixed.tha'), writeZip(parts));
    const mixed = await tha4('check', join(folder, 'mixed.tha'), '--json', '--quiet');
    expect(mixed.code).toBe(1);
    expect(JSON.parse(mixed.out).problems).toEqual([expect.stringMatching(/does not look like its picture/)]);
  });
});

async function expectSuccess(...argv: string[]): Promise<void> {
  expect(await tha4(...argv)).toMatchObject({ code: 0, err: '' });
}

function expectSameWeights(a: Weights, b: Weights): void {
  expect([...a.keys()]).toEqual([...b.keys()]);
  for (const [key, { data }] of b)
    expect(Buffer.from(a.get(key)!.data.buffer).equals(Buffer.from(data.buffer)), key).toBe(true);
}
