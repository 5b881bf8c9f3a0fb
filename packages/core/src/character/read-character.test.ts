import { strFromU8, strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { SMALL_STUDENT, smallCharacter } from '../../test/small-character.ts';
import { CharacterError, CheckpointError, ImageError, ShapeError } from '../errors.ts';
import { encodePng } from '../image/png.ts';
import type { Character } from './character.ts';
import { companionFiles } from './companion-files.ts';
import type { CharacterParts } from './parts.ts';
import { inspectCharacterParts, readCharacter, readCharacterParts } from './read-character.ts';
import { characterParts, originalParts, writeCharacter } from './write-character.ts';

const character = smallCharacter();
// The paper's sizes at narrow widths: what a folder without a word about its config is taken for.
const narrow = smallCharacter({
  face: { imageSize: 128, poseSize: 39, widths: [4, 4] },
  body: {
    poseSize: 45,
    levels: [
      { size: 128, widths: [6, 4] },
      { size: 256, widths: [4] },
      { size: 512, widths: [4] },
    ],
  },
  faceTop: 80,
  faceLeft: 192,
});

describe('readCharacterParts', () => {
  it('reads its own folder', () => {
    const read = readCharacterParts(characterParts(character, 'F32'), 'folder');
    expect(read.manifest).toEqual(character.manifest);
    expect(read.config).toEqual(SMALL_STUDENT);
    expectSameContent(read, character);
  });

  it("reads the original's folder, by its YAML file or without one", () => {
    const parts = without(originalParts(narrow), 'provenance.json');
    const read = readCharacterParts(parts, 'some/where/rin/character_model.yaml');
    expectSameContent(read, narrow);
    expect(read.config).toEqual(narrow.config);
    expect(read.manifest.name).toBe('rin');
    expect(read.manifest.provenance.convertedFrom).toBe('original (.pt)');
    expectSameContent(readCharacterParts(without(parts, 'character_model.yaml'), 'rin'), narrow);
  });

  it("reads a web demo's folder", () => {
    const read = readCharacterParts(tfjsParts(narrow), 'rin');
    expectSameContent(read, { ...narrow, faceMaskPng: null });
    expect(read.manifest).toMatchObject({ name: 'rin', provenance: { convertedFrom: 'web demo (TFJS)' } });
  });

  it('finds a folder within a folder, and ignores what lies around it', () => {
    const parts = new Map<string, Uint8Array>([
      ['__MACOSX/rin/._character.json', new Uint8Array(3)],
      ['.DS_Store', new Uint8Array(3)],
      ['read me.txt', new Uint8Array(3)],
      ...[...characterParts(character, 'F32')].map(([path, bytes]) => [`./Ünï cödé\\rin/${path}`, bytes] as const),
    ]);
    expectSameContent(readCharacterParts(parts, 'download'), character);
  });

  it("takes provenance.json back, and leaves somebody else's alone", () => {
    const parts = originalParts(character);
    const { name, provenance, quality } = readCharacterParts(parts, 'folder').manifest;
    const { manifest } = character;
    expect({ name, provenance, quality }).toEqual({
      name: manifest.name,
      provenance: manifest.provenance,
      quality: manifest.quality,
    });
    const foreign = new Map(originalParts(narrow)).set('provenance.json', strToU8('{"by": "somebody"}'));
    expect(readCharacterParts(foreign, 'rin').manifest.name).toBe('rin');
    const damaged = new Map(parts).set('provenance.json', strToU8('{"format": "tha4-provenance", "version": 1}'));
    expect(() => readCharacterParts(damaged, 'rin')).toThrow(/provenance\.json: entry 'name'/);
  });

  it('says which form and precision a folder has', () => {
    expect(inspectCharacterParts(characterParts(character, 'F16'), 'x')).toMatchObject({
      form: 'tha4',
      dtypes: ['F16'],
    });
    expect(inspectCharacterParts(originalParts(character), 'x')).toMatchObject({ form: 'original', dtypes: ['F32'] });
    expect(inspectCharacterParts(tfjsParts(narrow), 'x').form).toBe('tfjs');
  });

  it.each(['character.png', 'face_mask.png', 'weights.safetensors'])('names %s where it is missing', (file) => {
    expect(() => readCharacterParts(without(characterParts(character, 'F32'), file), 'rin')).toThrow(
      new RegExp(`^rin: expected file '${file}' \\(named by character.json\\), got none; there is `),
    );
  });

  it.each(['character.png', 'face_morpher.pt', 'body_morpher.pt'])('names %s where a YAML file misses it', (file) => {
    expect(() => readCharacterParts(without(originalParts(character), file), 'rin')).toThrow(
      new RegExp(`expected file '${file}'`),
    );
  });

  it('refuses what is no character, and more than one', () => {
    expect(() => readCharacterParts(new Map([['a.txt', new Uint8Array()]]), 'rin')).toThrow(/got a\.txt/);
    expect(() => readCharacterParts(new Map(), 'rin')).toThrow(/got no files/);
    const lone = new Map([['weights.safetensors', new Uint8Array()]]);
    expect(() => readCharacterParts(lone, 'rin')).toThrow(/expected a character\.json beside/);
    const two = [...characterParts(character, 'F32')].flatMap(([path, bytes]) => [
      [`a/${path}`, bytes] as const,
      [`b/${path}`, bytes] as const,
    ]);
    expect(() => readCharacterParts(new Map(two), 'rin')).toThrow(/expected one character, got 2 \(a\/character/);
  });

  it('refuses a picture or mask of another size', () => {
    const small = encodePng({ width: 2, height: 1, data: new Uint8Array(8) });
    for (const file of ['character.png', 'face_mask.png']) {
      const parts = new Map(characterParts(character, 'F32')).set(file, small);
      expect(() => readCharacterParts(parts, 'rin')).toThrow(ShapeError);
      expect(() => readCharacterParts(parts, 'rin')).toThrow(`rin: ${file}: picture's rows and columns`);
    }
    const noPicture = new Map(characterParts(character, 'F32')).set('character.png', strToU8('GIF89a'));
    expect(() => readCharacterParts(noPicture, 'rin')).toThrow(ImageError);
  });

  it("refuses another network's weights with the keys that differ", () => {
    const other = smallCharacter({ ...SMALL_STUDENT, face: { ...SMALL_STUDENT.face, widths: [8, 6, 5] } });
    const weights = characterParts(other, 'F32').get('weights.safetensors')!;
    const parts = new Map(characterParts(character, 'F32')).set('weights.safetensors', weights);
    expect(() => readCharacterParts(parts, 'rin')).toThrow(CheckpointError);
    expect(() => readCharacterParts(parts, 'rin')).toThrow(/'siren\.sine_layers\.2\.linear\.weight'/);
  });

  it('refuses weights that are not numbers', () => {
    const data = new Float32Array(character.face.get('siren.last_linear.bias')!.data);
    data[1] = Number.NaN;
    const face = new Map(character.face).set('siren.last_linear.bias', { shape: [4], data });
    expect(() => readCharacterParts(characterParts({ ...character, face }, 'F32'), 'rin')).toThrow(/got NaN/);
  });
});

describe('readCharacter', () => {
  it('reads a .tha, and a deflated zip of a folder', () => {
    expectSameContent(readCharacter(writeCharacter(character, 'F32'), 'a.tha'), character);
    const zip = zipSync(Object.fromEntries([...originalParts(character)].map(([path, b]) => [`rin/${path}`, b])));
    expectSameContent(readCharacter(zip, 'rin.zip'), character);
  });

  it('refuses what is no zip', () => {
    expect(() => readCharacter(strToU8('<!doctype html>'), 'a.tha')).toThrow(CheckpointError);
    expect(() => readCharacter(new Uint8Array(), 'a.tha')).toThrow(CheckpointError);
  });
});

describe('character.json', () => {
  const bad: readonly (readonly [string, (json: Record<string, unknown>) => void, RegExp])[] = [
    ['a newer version', (json) => (json.version = 99), /got 99; it was written by a newer release/],
    ['another format', (json) => (json.format = 'gltf'), /entry 'format'/],
    ['no name', (json) => delete json.name, /entry 'name'/],
    ['a path upwards', (json) => (json.weights = { file: '../weights.safetensors' }), /entry 'weights\.file'/],
    ['an absolute path', (json) => (json.image = { file: '/etc/passwd' }), /entry 'image\.file'/],
    ['a hidden file', (json) => (json.image = { file: '.ssh' }), /entry 'image\.file'/],
    ['no student', (json) => delete json.student, /entry 'student'/],
    ['no provenance', (json) => delete json.provenance, /entry 'provenance'/],
    ['a fraction of a pixel', (json) => ((json.student as { faceTop: number }).faceTop = 0.5), /'student\.faceTop'/],
    ['a face outside', (json) => ((json.student as { faceTop: number }).faceTop = 60), /face to lie inside the 64x64/],
    ['no levels', (json) => ((json.student as { body: unknown }).body = { poseSize: 45, levels: [] }), /levels/],
    [
      'a pose of another size',
      (json) => ((json.student as { body: { poseSize: number } }).body.poseSize = 44),
      /body pose of 45/,
    ],
    ['endless provenance', (json) => (json.provenance = { text: 'a'.repeat(1_000_001) }), /at most 1000000 characters/],
  ];

  it.each(bad)('is refused with %s', (_, change, message) => {
    const parts = characterParts(character, 'F32');
    const json = JSON.parse(strFromU8(parts.get('character.json')!)) as Record<string, unknown>;
    change(json);
    const changed = new Map(parts).set('character.json', strToU8(JSON.stringify(json)));
    expect(() => readCharacterParts(changed, 'rin')).toThrow(CharacterError);
    expect(() => readCharacterParts(changed, 'rin')).toThrow(message);
  });

  it('is refused when it is not JSON, or nested beyond what can be written again', () => {
    const parts = new Map(characterParts(character, 'F32'));
    expect(() => readCharacterParts(parts.set('character.json', strToU8('{')), 'rin')).toThrow(/expected JSON/);
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    const text = strFromU8(characterParts(character, 'F32').get('character.json')!).replace(
      '"seed": 3',
      `"deep": ${deep}`,
    );
    expect(() => readCharacterParts(parts.set('character.json', strToU8(text)), 'rin')).toThrow(CharacterError);
  });
});

describe('companionFiles', () => {
  it('names what a folder needs', () => {
    const own = characterParts(character, 'F32').get('character.json')!;
    expect(companionFiles('character.json', own, 'x')).toEqual([
      'character.png',
      'weights.safetensors',
      'face_mask.png',
    ]);
    const yaml = originalParts(character).get('character_model.yaml')!;
    expect(companionFiles('character_model.yaml', yaml, 'x')).toEqual([
      'character.png',
      'face_morpher.pt',
      'body_morpher.pt',
    ]);
    const tfjs = tfjsParts(narrow);
    expect(companionFiles('face_morpher.json', tfjs.get('face_morpher.json')!, 'x')).toEqual([
      'face_morpher.bin',
      'body_morpher.json',
      'character.png',
    ]);
    expect(companionFiles('body_morpher.json', tfjs.get('body_morpher.json')!, 'x')).toEqual(['body_morpher.bin']);
    expect(companionFiles('face_morpher.pt', new Uint8Array(), 'x')).toEqual(['body_morpher.pt', 'character.png']);
  });

  it.each(['../a.png', '/etc/passwd', 'C:\\a.png', 'https://example.org/a.png', 'a/../../b.png', '..\\a', 'a?b', ''])(
    'refuses to leave the folder for %j',
    (name) => {
      const yaml = `character_image_file_name: ${JSON.stringify(name)}\nface_morpher_file_name: f\nbody_morpher_file_name: b`;
      expect(() => companionFiles('character_model.yaml', strToU8(yaml), 'x')).toThrow(CharacterError);
    },
  );

  it.each(['a: [', 'x: 1', '- 1', '', 'a: &a [*a]', '%YAML 9\n---\n!!js/function x'])('refuses the YAML %j', (yaml) => {
    expect(() => companionFiles('character_model.yaml', strToU8(yaml), 'x')).toThrow(CharacterError);
  });

  it.each([{}, null, [], { weightsManifest: [{ paths: [1] }] }, { weightsManifest: [{ paths: ['a', 'a'] }] }])(
    'refuses %j as a TFJS model',
    (json) => {
      expect(() => companionFiles('face_morpher.json', strToU8(JSON.stringify(json)), 'x')).toThrow(CharacterError);
    },
  );
});

function expectSameContent(actual: Character, expected: Character): void {
  // toEqual takes seconds on as many bytes.
  const bytes = ({ imagePng, image, faceMaskPng }: Character) =>
    Buffer.concat([imagePng, Buffer.from(image.data), faceMaskPng ?? new Uint8Array()]);
  expect(bytes(actual).equals(bytes(expected)), 'pictures').toBe(true);
  for (const part of ['face', 'body'] as const) {
    expect([...actual[part].keys()]).toEqual([...expected[part].keys()]);
    for (const [key, { data }] of expected[part]) expect(actual[part].get(key)!.data, key).toEqual(data);
  }
}

function without(parts: CharacterParts, name: string): Map<string, Uint8Array> {
  return new Map([...parts].filter(([path]) => path !== name));
}

/** The form of the published web demos: `x/kernel [1, 1, in, out]`, which has the bytes of our `[in, out]`. */
function tfjsParts(source: Character): Map<string, Uint8Array> {
  const parts = new Map([['character.png', source.imagePng]]);
  for (const part of ['face', 'body'] as const) {
    const weights = [...source[part]].map(([key, { shape }]) => ({
      name: key.replace('.weight', '/kernel').replace('.bias', '/bias'),
      shape: shape.length === 2 ? [1, 1, ...shape] : shape,
      dtype: 'float32',
    }));
    const paths = [`${part}_morpher.bin`];
    parts.set(`${part}_morpher.json`, strToU8(JSON.stringify({ weightsManifest: [{ paths, weights }] })));
    const floats = [...source[part].values()].flatMap(({ data }) => [...data]);
    parts.set(paths[0]!, new Uint8Array(Float32Array.from(floats).buffer));
  }
  return parts;
}
