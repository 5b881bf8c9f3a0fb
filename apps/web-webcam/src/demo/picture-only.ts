import type { Character } from '@tha4/core';

/** Whether a character has no networks, only a picture. */
export function isPictureOnly({ face, body }: Character): boolean {
  return face.size === 0 && body.size === 0;
}
