import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodePng, writeCharacter } from '@tha4/core';
import { describe, expect, it } from 'vitest';
import { smallCharacter } from '../../test/small-character.ts';
import { makeFolder, tha4, writeSmall } from '../../test/support.ts';

const folder = makeFolder();
const character = smallCharacter();

describe('tha4 check', () => {
  it('finds a sound character sound, and weighs it', async () => {
    const small = writeSmall(folder);
    const { code, out } = await tha4('check', small);
    expect(out).toMatch(/^Sound: Small One\n/);
    expect(out).toMatch(/At rest +\d\d\.\d dB PSNR against the picture/);
    expect(out).toMatch(
      /As a \.tha +\S+ kB as int16, \S+ kB as fp32, \S+ kB as fp16\n {2}Painted +all of the picture\n/,
    );
    expect(code).toBe(0);
    const { sizes } = JSON.parse((await tha4('check', small, '--json')).out);
    expect(sizes.whole.fp32).toBe(writeCharacter(character, 'F32').length);
    expect(sizes.whole.int16).toBe(writeCharacter(character, 'I16').length);
    expect(sizes.whole.fp16).toBe(writeCharacter(character, 'F16').length);
    expect(sizes.picture).toBe(character.imagePng.length);
  });

  it('notes an opaque picture and a missing licence', async () => {
    const image = { ...character.image, data: character.image.data.map((byte, i) => (i % 4 === 3 ? 255 : byte)) };
    const manifest = { ...character.manifest, provenance: {} };
    const path = writeSmall(folder, { image, imagePng: encodePng(image), manifest }, 'opaque.tha');
    const { code, out } = await tha4('check', path);
    expect(out).toMatch(/Note +The picture has no transparent background/);
    expect(out).toMatch(/Note +It does not say what may be done with it/);
    expect(code).toBe(0);
  });

  it("finds another picture's weights", async () => {
    const body = new Map(character.body);
    const bias = body.get('last_linear.bias')!;
    body.set('last_linear.bias', { ...bias, data: Float32Array.of(0.9, 0.8, 1, 1, 1, -1, 1) });
    const { code, out } = await tha4('check', writeSmall(folder, { body }, 'other.tha'));
    expect(out).toMatch(/^Not sound: Small One\n {2}Problem +At rest it does not look like its picture/);
    expect(code).toBe(1);
  });

  it('refuses numbers that are none, in the weights and in what they paint', async () => {
    const broken = (value: number) => {
      const face = new Map(character.face);
      face.set('siren.last_linear.bias', { shape: [4], data: new Float32Array(4).fill(value) });
      return face;
    };
    const nan = await tha4('check', writeSmall(folder, { face: broken(Number.NaN) }, 'nan.tha'), '--json');
    expect(nan.code).toBe(1);
    expect(JSON.parse(nan.out)).toMatchObject({ ok: false, name: null, problems: [expect.stringContaining('NaN')] });
    const huge = await tha4('check', writeSmall(folder, { face: broken(3e38), body: overflowing() }, 'huge.tha'));
    expect(huge.out).toMatch(/Problem +The resting frame holds values that are not numbers/);
    expect(huge.code).toBe(1);
  });

  it('finds a damaged file not sound, and a missing one an error', async () => {
    const path = join(folder, 'cut.tha');
    writeFileSync(path, writeCharacter(character).subarray(0, 3000));
    const { code, out, err } = await tha4('check', path);
    expect([code, err]).toEqual([1, '']);
    expect(out).toMatch(/^Not sound: .*cut\.tha\n {2}Problem +.*is it cut off\?\n$/);
    expect((await tha4('check', join(folder, 'nowhere'))).err).toMatch(/^Error: .*got nothing/);
  });
});

/** Finite weights whose sums are not. */
function overflowing() {
  return new Map(
    [...character.body].map(([key, { shape, data }]) => [
      key,
      { shape, data: key === 'last_linear.bias' ? new Float32Array(data.length).fill(3e38) : data },
    ]),
  );
}
