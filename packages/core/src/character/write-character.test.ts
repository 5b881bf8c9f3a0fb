import { strFromU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { smallCharacter } from '../../test/small-character.ts';
import { readSafetensors } from '../checkpoint/safetensors.ts';
import { readZip } from '../checkpoint/zip.ts';
import { CharacterError, CheckpointError } from '../errors.ts';
import { readCharacter, readCharacterParts } from './read-character.ts';
import { characterParts, originalParts, writeCharacter } from './write-character.ts';

const character = smallCharacter();

describe('writeCharacter', () => {
  it('gives the same bytes for the same character, also after reading it', () => {
    const bytes = writeCharacter(character);
    expect(writeCharacter(smallCharacter())).toEqual(bytes);
    expect(writeCharacter(readCharacter(bytes, 'a.tha'))).toEqual(bytes);
    expect(writeCharacter(readCharacterParts(originalParts(character), 'a'))).toEqual(bytes);
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
