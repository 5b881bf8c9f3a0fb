import { type Character, MAP_TILE, studentImageSize } from '@tha4/core';
import { paintedTiles } from '../count/needed-pixels.ts';

/** Tiles of the picture that a runtime paints, `[side, side]`; see `paintedTiles`. */
export function tilesToPaint({ manifest, config }: Character): Uint8Array {
  const size = studentImageSize(config);
  const { visibleTiles } = manifest;
  if (visibleTiles === undefined) return new Uint8Array(Math.ceil(size / MAP_TILE) ** 2).fill(1);
  return paintedTiles(visibleTiles, size);
}
