import { blendWgsl } from './blend-shader.ts';
import type { LevelLayout } from './level-layout.ts';
import { placeShader } from './place-shader.ts';

/** Threads of a workgroup of `warpShader`. */
const THREADS = 64;

/** The frame in a level's tiles from the network's outputs that were kept, `[size, size, 2]` vec4. */
export function warpShader(layout: LevelLayout): string {
  const { size, tileWidth, tileHeight } = layout;
  return `
@group(0) @binding(0) var<storage, read> field: array<vec4f, ${size ** 2 * 2}>;
${placeShader(layout)}
${blendWgsl(size)}
@compute @workgroup_size(${THREADS})
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) t: u32,
) {
  for (var n = group.x; n < tileCount(); n += groups.x) {
    let start = tileStart(n);
    for (var pixel = t; pixel < ${tileWidth * tileHeight}u; pixel += ${THREADS}u) {
      let at = pixelAt(start, pixel);
      let outputs = (at.y * ${size}u + at.x) * 2u;
      blend(at, field[outputs], field[outputs + 1u]);
    }
  }
}
`;
}
