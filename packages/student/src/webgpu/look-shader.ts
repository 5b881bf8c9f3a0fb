import { MAP_TILE } from '@tha4/core';

/** Threads of a workgroup of `lookShader`; each looks at a tile. */
export const LOOK_THREADS = 64;

/**
 * Looks in which quarters of tiles of the frame something can be seen: alpha of more than half a step of a byte. The frame
 * holds values in [0, 2].
 */
export function lookShader(size: number): string {
  return `
@group(0) @binding(0) var<storage, read> frame: array<vec4f, ${size ** 2}>;
@group(0) @binding(1) var<storage, read> tiles: array<u32>;
@group(0) @binding(2) var<storage, read_write> quarters: array<u32>;
@compute @workgroup_size(${LOOK_THREADS})
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= tiles[0]) {
    return;
  }
  let tile = tiles[id.x + 1u];
  let left = (tile & 0xffffu) * ${MAP_TILE}u;
  let top = (tile >> 16u) * ${MAP_TILE}u;
  var found = 0u;
  for (var y = top; y < min(top + ${MAP_TILE}u, ${size}u); y++) {
    for (var x = left; x < min(left + ${MAP_TILE}u, ${size}u); x++) {
      let quarter = (y - top) / ${MAP_TILE / 2}u * 2u + (x - left) / ${MAP_TILE / 2}u;
      found |= select(0u, 1u << quarter, frame[y * ${size}u + x].a > ${1 / 255});
    }
  }
  quarters[id.x] = found;
}
`;
}
