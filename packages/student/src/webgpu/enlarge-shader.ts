import { DARKEST, ROUGH_LIMIT, SRGB_SLOPE } from '../plan/roughness.ts';
import type { LevelLayout } from './level-layout.ts';
import { placeShader } from './place-shader.ts';

/** Threads of a workgroup of `enlargeShader`; each takes a square of two by two pixels. */
const THREADS = 64;

/**
 * Enlarges the network's outputs from half the size, `[size / 2, size / 2, 2]` vec4, in a level's tiles, but lists the
 * squares around which they bend so much that it would be seen. The same as `nameRoughPixels` of the wasm runtime.
 *
 * The list is as `placeShader` reads it; its first four numbers have to be 0, 0, 1, 1 before. They become how many
 * squares there are, and how many workgroups they are worth.
 *
 * @param layout of the last level
 * @param workgroups most workgroups for the squares
 */
export function enlargeShader(layout: LevelLayout, workgroups: number): string {
  const { size, tileWidth, tileHeight } = layout;
  const half = size / 2;
  const squares = (tileWidth * tileHeight) / 4;
  return `
struct Squares {
  count: atomic<u32>,
  workgroups: atomic<u32>,
  one: u32,
  more: u32,
  names: array<u32, ${half ** 2}>,
}
@group(0) @binding(0) var<storage, read> coarse: array<vec4f, ${half ** 2 * 2}>;
@group(0) @binding(1) var<storage, read_write> squares: Squares;
@group(0) @binding(3) var<storage, read_write> field: array<vec4f, ${size ** 2 * 2}>;
@group(0) @binding(4) var<storage, read> picture: array<vec4f, ${size ** 2}>;
${placeShader(layout)}
fn bend(before: vec4f, here: vec4f, after: vec4f) -> vec4f {
  return abs(before + after - 2.0 * here);
}
fn pictureAt(at: vec2i) -> vec4f {
  return picture[at.y * ${size} + at.x];
}
// How far enlarging may throw the picture off around a pixel of half the size; see nameRoughPixels.
fn smear(cell: vec2u, low: vec4f, high: vec4f, bentLow: vec4f, bentHigh: vec4f) -> f32 {
  let spot = round(2.0 * vec2f(cell) + 0.5 + low.xy * ${size / 2});
  let at = vec2i(clamp(spot, vec2f(1.0), vec2f(${size - 2})));
  let warped = pictureAt(at);
  let across = max(abs(pictureAt(at + vec2i(1, 0)) - warped), abs(pictureAt(at - vec2i(1, 0)) - warped));
  let down = max(abs(pictureAt(at + vec2i(0, 1)) - warped), abs(pictureAt(at - vec2i(0, 1)) - warped));
  let alpha = low.z;
  let bentFlow = min(max(bentLow.x, bentLow.y) * ${size / 2}, 1.0);
  let difference = vec4f(low.w, high.xyz) - warped;
  let error = abs(alpha) * vec4f(bentLow.w, bentHigh.xyz) + bentLow.z * abs(difference)
    + abs(1.0 - alpha) * max(across, down) * bentFlow;
  let light = (warped + alpha * difference + 1.0) / 2.0;
  let worst = max(error * ${SRGB_SLOPE} / sqrt(max(light, vec4f(${DARKEST}))), vec4f());
  return max(max(worst.x, worst.y), max(worst.z, error.w));
}
fn put(at: vec2u, low: vec4f, high: vec4f) {
  let place = (at.y * ${size}u + at.x) * 2u;
  field[place] = low;
  field[place + 1u] = high;
}
@compute @workgroup_size(${THREADS})
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let end = tileCount() * ${squares}u;
  for (var i = id.x; i < end; i += groups.x * ${THREADS}u) {
    let inTile = i % ${squares}u;
    let at = tileStart(i / ${squares}u) + 2u * vec2u(inTile % ${tileWidth / 2}u, inTile / ${tileWidth / 2}u);
    let cell = at / 2u;
    let low = max(cell, vec2u(1u)) - 1u;
    let high = min(cell + 1u, vec2u(${half - 1}u));
    let columns = vec3u(low.x, cell.x, high.x);
    let rows = vec3u(low.y, cell.y, high.y);
    // [row][column][group]
    var around: array<vec4f, 18>;
    for (var n = 0u; n < 9u; n++) {
      let place = (rows[n / 3u] * ${half}u + columns[n % 3u]) * 2u;
      around[n * 2u] = coarse[place];
      around[n * 2u + 1u] = coarse[place + 1u];
    }
    let bentLow = max(bend(around[6], around[8], around[10]), bend(around[2], around[8], around[14]));
    let bentHigh = max(bend(around[7], around[9], around[11]), bend(around[3], around[9], around[15]));
    if (smear(cell, around[8], around[9], bentLow, bentHigh) > ${ROUGH_LIMIT}) {
      let number = atomicAdd(&squares.count, 1u);
      squares.names[number] = (cell.y << 16u) | cell.x;
      atomicMax(&squares.workgroups, min(number / ${squares}u + 1u, ${workgroups}u));
      continue;
    }
    // Three quarters of a pixel are the cell that it lies in, a quarter the next one, each way.
    for (var n = 0u; n < 4u; n++) {
      let beside = select(0u, 2u, (n & 1u) == 1u);
      let over = select(0u, 2u, n >= 2u);
      var mixed: array<vec4f, 2>;
      for (var g = 0u; g < 2u; g++) {
        let near = mix(around[8u + g], around[(3u + beside) * 2u + g], 0.25);
        let far = mix(around[(over * 3u + 1u) * 2u + g], around[(over * 3u + beside) * 2u + g], 0.25);
        mixed[g] = mix(near, far, 0.25);
      }
      put(at + vec2u(n & 1u, n >> 1u), mixed[0], mixed[1]);
    }
  }
}
`;
}
