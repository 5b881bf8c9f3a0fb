import type { LevelLayout } from './level-layout.ts';

/** Where a list of squares holds its names, in numbers: after their count and a dispatch's three numbers of workgroups. */
export const SQUARE_NAMES = 4;

/**
 * WGSL of where a dispatch paints, at binding 2: `tileCount()`; `tileStart(n)`, what names tile n; and
 * `pixelAt(start, i)`, column and row of its pixel i. Four pixels from a multiple of 4 on are a quad.
 *
 * Tiles have names, row << 16 | column in tiles, and hold their pixels row by row. Squares have such names, too; each is
 * a quad, and as many as fill a tile make one. What is past the last square is painted like it.
 */
export function placeShader({ cut, tileWidth, tileHeight }: LevelLayout): string {
  const list = '@group(0) @binding(2) var<storage, read> places: array<u32>;';
  if (cut === 'tiles') {
    return `${list}
fn tileCount() -> u32 {
  return places[0];
}
fn tileStart(n: u32) -> vec2u {
  let name = places[n + 1u];
  return vec2u((name & 0xffffu) * ${tileWidth}u, (name >> 16u) * ${tileHeight}u);
}
fn pixelAt(start: vec2u, i: u32) -> vec2u {
  return start + vec2u(i % ${tileWidth}u, i / ${tileWidth}u);
}`;
  }
  const squares = (tileWidth * tileHeight) / 4;
  return `${list}
fn tileCount() -> u32 {
  return (places[0] + ${squares - 1}u) / ${squares}u;
}
fn tileStart(n: u32) -> vec2u {
  return vec2u(n * ${squares}u, 0u);
}
fn pixelAt(start: vec2u, i: u32) -> vec2u {
  let name = places[min(start.x + i / 4u, places[0] - 1u) + ${SQUARE_NAMES}u];
  return vec2u((name & 0xffffu) * 2u + (i & 1u), (name >> 16u) * 2u + ((i >> 1u) & 1u));
}`;
}
