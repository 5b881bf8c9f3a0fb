import { seededRandom } from '@tha4/test-utils';
import { strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { smallCharacter } from '../../test/small-character.ts';
import { writeZip } from '../checkpoint/zip.ts';
import { Tha4Error } from '../errors.ts';
import { companionFiles } from './companion-files.ts';
import { readCharacter, readCharacterParts } from './read-character.ts';
import { characterParts, originalParts, writeCharacter } from './write-character.ts';

const character = smallCharacter();
const MAX_MS = 2000;

// Whatever a stranger's file holds: a character, or an error that can be shown to a person, and soon.
describe('damaged characters', () => {
  it.each([
    ['a .tha', 7000, writeCharacter(character, 'F32'), (bytes: Uint8Array) => readCharacter(bytes, 'a.tha')],
    [
      'a .tha of integers',
      3000,
      writeCharacter(character, 'I16'),
      (bytes: Uint8Array) => readCharacter(bytes, 'a.tha'),
    ],
    [
      'character.json',
      2000,
      characterParts(character).get('character.json')!,
      (bytes: Uint8Array) => readCharacterParts(new Map(characterParts(character)).set('character.json', bytes), 'a'),
    ],
    [
      'provenance.json',
      300,
      originalParts(character).get('provenance.json')!,
      (bytes: Uint8Array) => readCharacterParts(new Map(originalParts(character)).set('provenance.json', bytes), 'a'),
    ],
    [
      'character_model.yaml',
      1500,
      originalParts(character).get('character_model.yaml')!,
      (bytes: Uint8Array) => companionFiles('character_model.yaml', bytes, 'a'),
    ],
    [
      'a zip around damaged weights',
      500,
      characterParts(character, 'I16').get('weights.safetensors')!,
      (bytes: Uint8Array) =>
        readCharacter(writeZip(new Map(characterParts(character, 'I16')).set('weights.safetensors', bytes)), 'a.tha'),
    ],
    [
      "an original's .pt",
      500,
      originalParts(character).get('face_morpher.pt')!,
      (bytes: Uint8Array) => readCharacterParts(new Map(originalParts(character)).set('face_morpher.pt', bytes), 'a'),
    ],
  ])('%s, mutated %i times', (_, count, bytes, read) => {
    const random = seededRandom(count);
    let refused = 0;
    for (let i = 0; i < count; i++) {
      const start = performance.now();
      try {
        read(mutate(bytes, random));
      } catch (error) {
        if (!(error instanceof Tha4Error)) throw new Error(`mutation ${i} threw a stranger`, { cause: error });
        expect(error.message).toMatch(/^a.*: /);
        refused++;
      }
      expect(performance.now() - start).toBeLessThan(MAX_MS);
    }
    expect(refused).toBeGreaterThan(count / 20);
  });
});

const TOKENS = ['null', '{', '[', '"', ':', '-1', '1e999', '4096', '../', '__proto__', '\n', '&a ', '*a', '!!', '\0'];

/** One to three seeded changes: a byte, a cut, a repetition, a token or a 32-bit field of large value. */
function mutate(bytes: Uint8Array, random: () => number): Uint8Array {
  let result = new Uint8Array(bytes);
  for (let n = 1 + (random() % 3); n > 0 && result.length > 8; n--) {
    const at = random() % (result.length - 4);
    switch (random() % 6) {
      case 0:
        result[at] = random() & 255;
        break;
      case 1:
        result[at]! ^= 1 << (random() % 8);
        break;
      case 2:
        result = result.slice(0, at);
        break;
      case 3: {
        const length = Math.min(random() % 64, result.length - at);
        result = join(result.subarray(0, at), result.subarray(at, at + length), result.subarray(at));
        break;
      }
      case 4:
        result = join(result.subarray(0, at), strToU8(TOKENS[random() % TOKENS.length]!), result.subarray(at));
        break;
      default:
        new DataView(result.buffer).setUint32(at, [0, 0xffffffff, 0x7fffffff, 65535][random() % 4]!, true);
    }
  }
  return result;
}

function join(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat(parts));
}
