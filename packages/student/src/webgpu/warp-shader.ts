import { blendWgsl } from './blend-shader.ts';
import type { LevelLayout } from './level-layout.ts';

/** Threads of a workgroup of `warpShader`. */
const THREADS = 64;

/** The frame in a level's tiles from the network's outputs that were kept, `[size, size, 2]` vec4. */
export function warpShader({ size, tileWidth, tileHeight }: LevelLayout): string {
  return `
@group(0) @binding(0) var<storage, read> field: array<vec4f, ${size ** 2 * 2}>;
@group(0) @binding(2) var<storage, read> tiles: array<u32>;
${blendWgsl(size)}
@compute @workgroup_size(${THREADS})
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) t: u32,
) {
  for (var n = group.x; n < tiles[0]; n += groups.x) {
    let tile = tiles[n + 1u];
    let left = (tile & 0xffffu) * ${tileWidth}u;
    let top = (tile >> 16u) * ${tileHeight}u;
    for (var pixel = t; pixel < ${tileWidth * tileHeight}u; pixel += ${THREADS}u) {
      let x = left + pixel % ${tileWidth}u;
      let y = top + pixel / ${tileWidth}u;
      let at = (y * ${size}u + x) * 2u;
      blend(x, y, field[at], field[at + 1u]);
    }
  }
}
`;
}
