import { type Character, decodeTileMap } from '@tha4/core';

/** A character's map of visible tiles, `[side, side]`; `null` where its file has none, or none is wanted. */
export function mapOfCharacter({ manifest, image }: Character, wanted: boolean): Uint8Array | null {
  const map = wanted ? manifest.visibleTiles : undefined;
  return map === undefined ? null : decodeTileMap(map, image.width, manifest.name);
}
