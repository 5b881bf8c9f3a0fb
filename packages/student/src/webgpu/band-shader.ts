import { MAP_TILE } from '@tha4/core';

/** Threads of a workgroup of `bandShader`; each looks at a tile. */
export const BAND_THREADS = 64;

/**
 * Looks whether something can be seen in tiles of the frame: alpha of more than half a step of a byte. The frame holds
 * values in [0, 2].
 */
export function bandShader(size: number): string {
  return `
@group(0) @binding(0) var<storage, read> frame: array<vec4f, ${size ** 2}>;
@group(0) @binding(1) var<storage, read> tiles: array<u32>;
@group(0) @binding(2) var<storage, read_write> visible: array<u32>;
@compute @workgroup_size(${BAND_THREADS})
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= tiles[0]) {
    return;
  }
  let tile = tiles[id.x + 1u];
  let left = (tile & 0xffffu) * ${MAP_TILE}u;
  let top = (tile >> 16u) * ${MAP_TILE}u;
  var most = 0.0;
  for (var y = top; y < min(top + ${MAP_TILE}u, ${size}u); y++) {
    for (var x = left; x < min(left + ${MAP_TILE}u, ${size}u); x++) {
      most = max(most, frame[y * ${size}u + x].a);
    }
  }
  visible[id.x] = select(0u, 1u, most > ${1 / 255});
}
`;
}
