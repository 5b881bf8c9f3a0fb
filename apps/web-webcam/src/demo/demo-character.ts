import { type Character, decodePng, STUDENT } from '@tha4/core';
import pictureUrl from '@tha4/demo-character/character.png?no-inline';
// As files: a page that may connect only to its own host cannot fetch what is inlined.
import maskUrl from '@tha4/demo-character/face_mask.png?no-inline';

/**
 * Aurelia as she is before any training: a picture and its face mask, without weights. What paints her is the puppet;
 * see `isPictureOnly`.
 */
export async function demoCharacter(): Promise<Character> {
  const [imagePng, faceMaskPng] = await Promise.all([bytesAt(pictureUrl), bytesAt(maskUrl)]);
  return {
    manifest: {
      format: 'tha4-character',
      version: 1,
      name: 'Aurelia',
      image: { file: 'character.png' },
      faceMask: { file: 'face_mask.png' },
      weights: { file: 'none' },
      student: STUDENT,
      provenance: { licence: 'CC0-1.0', teacher: { name: 'puppet', licence: 'MIT' } },
    },
    image: decodePng(imagePng, 'character.png'),
    imagePng,
    faceMaskPng,
    config: STUDENT,
    face: new Map(),
    body: new Map(),
  };
}

async function bytesAt(url: string): Promise<Uint8Array> {
  return new Uint8Array(await (await fetch(url)).arrayBuffer());
}
