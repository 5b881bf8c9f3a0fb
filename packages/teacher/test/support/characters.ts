import { type Character, decodePng, type RgbaImage, readCharacterParts } from '@tha4/core';
import { listShared, readShared } from '@tha4/test-utils';

/** A real student of the shared data. */
export function readSharedCharacter(name: string): Character {
  const files = listShared(`characters/${name}`).filter((file) => file !== 'face_mask.png');
  return readCharacterParts(new Map(files.map((file) => [file, readShared(`characters/${name}/${file}`)])), name);
}

/** The face mask that its author made for it. */
export function readSharedMask(name: string): RgbaImage {
  return decodePng(readShared(`characters/${name}/face_mask.png`), `${name}/face_mask.png`);
}
