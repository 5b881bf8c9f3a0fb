import { strFromU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { smallCharacter } from '../../test/small-character.ts';
import { readSafetensors } from '../checkpoint/safetensors.ts';
import { readZip } from '../checkpoint/zip.ts';
import { CharacterError, CheckpointError } from '../errors.ts';
import type { CharacterParts } from './parts.ts';
import { inspectCharacterParts, readCharacter, readCharacterParts } from './read-character.ts';
import { characterParts, originalParts, writeCharacter } from './write-character.ts';

const character = smallCharacter();

describe('writeCharacter', () => {
  it('gives the same bytes for the same character, also after reading it', () => {
    const bytes = writeCharacter(character, 'F32');
    expect(writeCharacter(smallCharacter(), 'F32')).toEqual(bytes);
    expect(writeCharacter(readCharacter(bytes, 'a.tha'), 'F32')).toEqual(bytes);
    expect(writeCharacter(readCharacterParts(originalParts(character), 'a'), 'F32')).toEqual(bytes);
  });

  it('keeps the picture as it was', () => {
    const parts = readZip(writeCharacter(character), 'a.tha');
    expect(parts.get('character.png')).toEqual(character.imagePng);
    expect([...parts.keys()]).toEqual(['character.json', 'character.png', 'face_mask.png', 'weights.safetensors']);
  });

  it('keeps provenance and quality, entries of its own too', () => {
    const { manifest } = readCharacter(writeCharacter(character, 'F16'), 'a.tha');
    expect(manifest.provenance).toEqual(character.manifest.provenance);
    expect(manifest.quality).toEqual(character.manifest.quality);
  });

  it('halves the weights as F16, once', () => {
    const bytes = writeCharacter(character, 'F16');
    const read = readCharacter(bytes, 'a.tha');
    expect(writeCharacter(read, 'F16')).toEqual(bytes);
    const { tensors } = readSafetensors(characterParts(character, 'F16').get('weights.safetensors')!, 'w');
    expect(new Set([...tensors.values()].map(({ dtype }) => dtype))).toEqual(new Set(['F16']));
    for (const [key, { data }] of character.body) {
      const half = read.body.get(key)!.data;
      // Half an ulp of a half: 2^-11 of the value, or 2^-25 where it is subnormal.
      for (let i = 0; i < data.length; i++) {
        expect(Math.abs(half[i]! - data[i]!)).toBeLessThanOrEqual(Math.max(2 ** -25, Math.abs(data[i]!) * 2 ** -11));
      }
    }
  });

  it('packs weights in 16-bit integers by default, keeps their bits from then on, and names it', () => {
    const bytes = writeCharacter(character);
    expect(bytes).toEqual(writeCharacter(character, 'I16'));
    const { character: read, packing, dtypes } = inspectCharacterParts(readZip(bytes, 'a.tha'), 'a.tha');
    expect([packing, dtypes, read.manifest.weights.packing]).toEqual(['I16', ['I16', 'F32'], 'int16']);
    expect(writeCharacter(read, packing)).toEqual(bytes);
    for (const [key, { data }] of character.face) {
      const most = Math.max(...data.map(Math.abs));
      read.face.get(key)!.data.forEach((value, i) => {
        expect(Math.abs(value - data[i]!)).toBeLessThanOrEqual(key.endsWith('bias') ? 0 : (most / 32767) * 0.51);
      });
    }
  });

  it('packs single weights in fewer bits, and finds out which on the way back', () => {
    const widths = new Map([
      ['face_morpher.siren.sine_layers.0.linear.weight', 7],
      ['body_morpher.siren_layers.0.1.linear.weight', 9],
    ]);
    const parts = characterParts(character, widths);
    const { character: read, packing } = inspectCharacterParts(parts, 'a');
    expect(read.manifest.weights.packing).toBe('mixed');
    expect([...(packing as Map<string, number>)].filter(([, bits]) => bits < 16)).toEqual([...widths]);
    expect(characterParts(read, packing)).toEqual(parts);
  });

  it('refuses weights that are not packed as the manifest says', () => {
    const packed = characterParts(character, 'I16');
    const floats = characterParts(character, 'F32');
    const swapped = (a: CharacterParts, b: CharacterParts) =>
      new Map(a).set('weights.safetensors', b.get('weights.safetensors')!);
    expect(() => readCharacterParts(swapped(packed, floats), 'a')).toThrow(/expected 'int16' weights, .* got floats/);
    expect(() => readCharacterParts(swapped(floats, packed), 'a')).toThrow(/missing .* unexpected/);
  });

  it('drops the mention of a mask that is not there', () => {
    const parts = characterParts({ ...character, faceMaskPng: null });
    expect(strFromU8(parts.get('character.json')!)).not.toContain('face_mask');
    expect(readCharacterParts(parts, 'a').faceMaskPng).toBeNull();
  });

  it('writes nothing that could not be read again', () => {
    const manifest = { ...character.manifest, name: '' };
    expect(() => writeCharacter({ ...character, manifest })).toThrow(CharacterError);
    const huge = { shape: [4], data: Float32Array.of(0, 1e9, 0, 0) };
    const face = new Map(character.face).set('siren.last_linear.bias', huge);
    expect(() => writeCharacter({ ...character, face }, 'F16')).toThrow(CheckpointError);
  });
});

describe('originalParts', () => {
  it('keeps every bit of the weights on the way there and back', () => {
    const back = readCharacterParts(originalParts(character), 'a');
    for (const part of ['face', 'body'] as const) {
      for (const [key, { data }] of character[part]) expect(back[part].get(key)!.data, key).toEqual(data);
    }
  });

  it('writes the names that the programs of the original look for', () => {
    const parts = originalParts({ ...character, faceMaskPng: null });
    expect([...parts.keys()]).toEqual([
      'character_model.yaml',
      'character.png',
      'face_morpher.pt',
      'body_morpher.pt',
      'provenance.json',
    ]);
    expect(strFromU8(parts.get('character_model.yaml')!)).toBe(
      'character_image_file_name: character.png\nface_morpher_file_name: face_morpher.pt\nbody_morpher_file_name: body_morpher.pt\n',
    );
  });
});
