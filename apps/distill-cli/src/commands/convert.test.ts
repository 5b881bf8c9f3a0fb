import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { readCharacter, readCharacterParts, readPt, readSafetensors } from '@tha4/core';
import { describe, expect, it } from 'vitest';
import { makeFolder, tha4, tha4WithSignal, writeSmall } from '../../test/support.ts';

const folder = makeFolder();
const small = writeSmall(folder);
const bytes = readFileSync(small);
const at = (...names: string[]): string => join(folder, ...names);
/** A survey takes a second, and is looked at by itself. */
const convert = (...argv: string[]) => tha4('convert', ...argv, '--no-survey');

describe('tha4 convert', () => {
  it('goes through every form and comes back with the same bytes', async () => {
    for (const [to, ...options] of [
      ['folder/'],
      ['original/', '--to', 'original'],
      ['original.zip', '--to', 'original'],
      ['plain.zip'],
      ['no-slash'],
    ]) {
      expect((await convert(small, at(to!), ...options)).code, to).toBe(0);
      expect((await convert(at(to!), at('back.tha'), '--dtype', 'fp32')).code, to).toBe(0);
      expect(readFileSync(at('back.tha')).equals(bytes), to).toBe(true);
    }
    expect(readdirSync(at('original')).sort()).toEqual([
      'body_morpher.pt',
      'character.png',
      'character_model.yaml',
      'face_morpher.pt',
      'provenance.json',
    ]);
  });

  it('rounds to fp16, keeps it, and says what it changed in the picture', async () => {
    const { out } = await convert(small, at('half.tha'), '--dtype', 'fp16');
    expect(out).toMatch(/^Converted Small One\n/);
    expect(out).toMatch(/Size +\S+ kB before, \S+ kB now \(\d\d%\)\n/);
    expect(out).toMatch(
      /Weights +rounded to fp16, \S+ kB, (\S+ dB|no difference); --dtype fp32 keeps every bit\n {2}Kept +\1/,
    );
    expect(out).toContain('sRGB, premultiplied');
    const again = await convert(at('half.tha'), at('half again.tha'), '--json');
    expect(JSON.parse(again.out)).toMatchObject({ dtype: 'fp16', rounded: false, fidelity: null });
    expect(readFileSync(at('half again.tha')).equals(readFileSync(at('half.tha')))).toBe(true);
    const unmeasured = await convert(small, at('half.tha'), '--dtype', 'fp16', '--no-measure', '--json');
    expect(JSON.parse(unmeasured.out)).toMatchObject({ rounded: true, fidelity: null });
    expect(unmeasured.err).toBe('');
  });

  it("packs another program's weights in 16-bit integers, and keeps their bits from then on", async () => {
    await convert(small, at('foreign/'), '--to', 'original');
    const { out } = await convert(at('foreign'), at('packed.tha'));
    expect(out).toMatch(/Weights +rounded to 16-bit integers, \S+ kB, \d\d\.\d dB; --dtype fp32 keeps every bit\n/);
    const full = JSON.parse((await convert(at('foreign'), at('kept.tha'), '--dtype', 'fp32', '--json')).out);
    expect(full).toMatchObject({ dtype: 'fp32', rounded: false });
    const again = await convert(at('packed.tha'), at('packed again.tha'), '--json');
    expect(JSON.parse(again.out)).toMatchObject({ dtype: 'int16', rounded: false, fidelity: null });
    expect(readFileSync(at('packed again.tha')).equals(readFileSync(at('packed.tha')))).toBe(true);
    // What somebody has asked to keep in full stays in full.
    expect(JSON.parse((await convert(small, at('full.tha'), '--json')).out)).toMatchObject({ dtype: 'fp32' });
    expect(JSON.parse((await convert(small, at('int.tha'), '--dtype', 'int16', '--json')).out)).toMatchObject({
      dtype: 'int16',
      rounded: true,
    });
  });

  it('says on the way back that bits were rounded', async () => {
    const back = ['--to', 'original', '--json'];
    const packed = await convert(at('packed.tha'), at('floats/'), ...back);
    expect(JSON.parse(packed.out)).toMatchObject({ from: { dtype: 'int16' }, dtype: 'fp32', rounded: false });
    const { out } = await convert(at('packed.tha'), at('floats/'), '--to', 'original');
    expect(out).toMatch(/Weights +fp32, but not the first bits: they were rounded when .* in 16-bit integers\n/);
    expect((await convert(small, at('floats/'), '--to', 'original')).out).toMatch(/Weights +fp32, every bit kept\n/);
  });

  it('finds widths that keep what a small file has to keep', async () => {
    const { out } = await convert(small, at('mixed.tha'), '--size', 'small', '--quiet');
    expect(out).toMatch(/Weights +rounded to integers of mixed widths/);
    const kept = /([\d.]+) dB on the figure alone/.exec(out)![1];
    expect(Number(kept)).toBeGreaterThanOrEqual(47);
    const again = await convert(at('mixed.tha'), at('mixed again.tha'), '--json');
    expect(JSON.parse(again.out)).toMatchObject({ dtype: 'mixed', rounded: false });
    expect(readFileSync(at('mixed again.tha')).equals(readFileSync(at('mixed.tha')))).toBe(true);
    expect((await tha4('info', at('mixed.tha'))).out).toMatch(/Weights +.* integers of mixed widths\n/);
  });

  it('looks where the character can be seen, once', async () => {
    const first = await tha4('convert', small, at('map.tha'), '--threads', '1');
    const { visibleTiles } = readCharacter(readFileSync(at('map.tha')), 'map').manifest;
    expect(visibleTiles).toMatchObject({ tile: 8, poses: 120 });
    expect(first.out).toMatch(/Painted +\d+% of the picture, where it can be seen\n/);
    expect((await tha4('info', at('map.tha'))).out).toMatch(/Painted +\d+% of the picture/);
    expect((await tha4('check', at('map.tha'))).out).toMatch(/Painted +\d+% of the picture/);
    // A map that is there is kept, until the weights change.
    expect((await tha4('convert', at('map.tha'), at('map again/'))).err).toBe('');
    expect(readFileSync(at('map again', 'character.json'), 'utf8')).toContain('"visibleTiles"');
    const other = await convert(at('map.tha'), at('no map.tha'), '--dtype', 'int16', '--json');
    expect(JSON.parse(other.out)).toMatchObject({ rounded: true, paintedShare: null });
  });

  it('writes nothing on Ctrl-C while it looks', async () => {
    const { code, err } = await tha4WithSignal(AbortSignal.abort(), 'convert', small, at('never.tha'));
    expect(err).toMatch(/Stopped while looking where it can be seen; nothing was written\.\n$/);
    expect([code, existsSync(at('never.tha'))]).toEqual([130, false]);
  });

  it('records ONNX graphs', async () => {
    expect((await convert(small, at('small.onnx'))).code).toBe(0);
    expect((await convert(small, at('small.onnx'))).code).toBe(0);
    expect((await convert(small, at('graphs/'), '--to', 'onnx')).code).toBe(0);
    expect(readdirSync(at('graphs')).sort()).toEqual([
      'body_morpher.onnx',
      'character.png',
      'face_morpher.onnx',
      'student.onnx',
    ]);
    expect(readFileSync(at('graphs', 'student.onnx')).equals(readFileSync(at('small.onnx')))).toBe(true);
  });

  it('turns single weights into the other format and back', async () => {
    await convert(small, at('original/'), '--to', 'original');
    const pt = at('original', 'face_morpher.pt');
    expect((await convert(pt, at('face.safetensors'))).code).toBe(0);
    expect((await convert(at('face.safetensors'), at('face.pt'))).code).toBe(0);
    expect([...readPt(readFileSync(at('face.pt')), 'a')]).toEqual([...readPt(readFileSync(pt), 'b')]);
    expect((await convert(pt, at('half.safetensors'), '--dtype', 'fp16')).code).toBe(0);
    const { tensors } = readSafetensors(readFileSync(at('half.safetensors')), 'c');
    expect([...tensors.values()].every(({ dtype }) => dtype === 'F16')).toBe(true);
  });

  it.each([
    [[small, 'x.png'], 2, /expected a name ending in \.tha, .*, got \.png/],
    [[small, 'x.pt'], 2, /name a folder\/ with --to original/],
    [[small, 'x.tha', '--to', 'original'], 2, /name a folder\/ instead/],
    [[small, 'x.zip', '--to', 'onnx'], 2, /name a folder\/ instead/],
    [[small, 'x.onnx', '--to', 'character'], 2, /name a folder\/ instead/],
    [[small, 'x.onnx', '--dtype', 'fp16'], 2, /expected fp32 for ONNX/],
    [[small, 'x.onnx', '--size', 'small'], 2, /expected it with a \.tha/],
    [[small, 'x/', '--to', 'original', '--dtype', 'int16'], 2, /expected fp32 or fp16 for the original form/],
    [[at('face.safetensors'), 'x.tha'], 2, /to convert the whole character, name its folder/],
    [[at('face.safetensors'), 'x.pt', '--to', 'original'], 2, /leave it out/],
    [[at('small.onnx'), 'x.tha'], 1, /an ONNX graph, which has no way back/],
  ])('refuses %j', async ([from, to, ...options], code, message) => {
    const result = await convert(from!, at(to!), ...options);
    expect(result.err).toMatch(message);
    expect(result.code).toBe(code);
    expect(existsSync(at(to!))).toBe(false);
  });
});

describe("tha4 convert spares the user's files", () => {
  it('never writes over what it reads, not even through links or with --force', async () => {
    symlinkSync(small, at('link.tha'));
    linkSync(small, at('hard.tha'));
    for (const to of [small, at('link.tha'), at('hard.tha'), at('.', 'small.tha')]) {
      const { code, err } = await convert(small, to, '--dtype', 'fp16', '--force');
      expect(err).toContain('got the same; choose another name');
      expect(code).toBe(1);
    }
    await convert(small, at('in place/'));
    const { code } = await convert(at('in place'), at('in place/'), '--to', 'original', '--force');
    expect(code).toBe(1);
    expect(readFileSync(small).equals(bytes)).toBe(true);
  });

  it('replaces an older output of the same kind only', async () => {
    writeFileSync(at('notes.tha'), 'my notes');
    const refused = await convert(small, at('notes.tha'));
    expect(refused.err).toMatch(/add --force to replace it/);
    expect(readFileSync(at('notes.tha'), 'utf8')).toBe('my notes');
    expect((await convert(small, at('notes.tha'), '--force')).code).toBe(0);
    expect((await convert(small, at('notes.tha'))).code).toBe(0);
    mkdirSync(at('a folder.tha'));
    expect((await convert(small, at('a folder.tha'))).code).toBe(0); // a folder stays one
    expect(readdirSync(at('a folder.tha'))).toContain('character.json');
  });

  it('writes into a folder only when it is new, empty or a former output', async () => {
    mkdirSync(at('mine'));
    writeFileSync(at('mine', 'diary.txt'), 'dear diary');
    const refused = await convert(small, at('mine'));
    expect([refused.code, readdirSync(at('mine'))]).toEqual([1, ['diary.txt']]);
    expect(refused.err).toMatch(/got diary\.txt; choose another name, or add --force/);
    expect((await convert(small, at('mine'), '--force')).code).toBe(0);
    expect(readFileSync(at('mine', 'diary.txt'), 'utf8')).toBe('dear diary');
    // Somebody's own character in the original's form has no mark of ours.
    await convert(small, at('theirs/'), '--to', 'original');
    writeFileSync(at('theirs', 'provenance.json'), '{}');
    expect((await convert(small, at('theirs'), '--to', 'original')).code).toBe(1);
  });

  it('leaves nothing of a former output that does not belong to the new one', async () => {
    const { imagePng } = readCharacter(bytes, 'small');
    const masked = writeSmall(folder, { faceMaskPng: imagePng }, 'masked.tha');
    await convert(masked, at('twice/'));
    expect(existsSync(at('twice', 'face_mask.png'))).toBe(true);
    expect((await convert(small, at('twice'))).code).toBe(0);
    expect(existsSync(at('twice', 'face_mask.png'))).toBe(false);
    const parts = readdirSync(at('twice')).map((name) => [name, readFileSync(at('twice', name))] as const);
    expect(readCharacterParts(new Map(parts), 'twice').faceMaskPng).toBeNull();
  });

  it('writes through a link to the file behind it, and leaves no temporary files', async () => {
    await convert(small, at('target.tha'));
    symlinkSync(at('target.tha'), at('alias.tha'));
    expect((await convert(small, at('alias.tha'), '--dtype', 'fp16', '--no-measure')).code).toBe(0);
    expect(lstatSync(at('alias.tha')).isSymbolicLink()).toBe(true);
    expect(readFileSync(at('target.tha')).length).toBeLessThan(bytes.length);
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});
