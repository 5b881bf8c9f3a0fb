import { DARKEST, ROUGH_LIMIT, SRGB_SLOPE } from '../../plan/roughness.ts';
import { range } from './blocking.ts';
import { PICTURE_GLSL, writeOutputs } from './finish-shader.ts';
import { type Area, glslFloat, integerTargets, type Shader, shader } from './shader.ts';
import { blockedFetch, enlargement } from './source.ts';
import { FLOAT_STORAGE } from './storage.ts';

/** Depths that `enlargeShader` writes; all that is drawn has the one between, 0.5. */
const ROUGH_DEPTH = '0.0';
const SMOOTH_DEPTH = '1.0';

/**
 * Enlarges the network's outputs from half the size, in the texture `source`, and marks in the depth buffer what would
 * be smeared by it: the pixels around which they bend so much that it would be seen. The same as `nameRoughPixels` of
 * the wasm runtime. A later pass with a depth test computes these, and a GPU does not even start the others.
 */
export function enlargeShader(area: Area): Shader {
  const { size, side } = area;
  const pixels = side ** 2;
  const { prepare, step } = enlargement(size / 2, side);
  const enlarge = range(2).flatMap((group) => [
    ...range(pixels).map((k) => `vec4 f${group}_${k};`),
    `{ const int i = ${group}; ${step(side)}`,
    ...range(pixels).map((k) => `f${group}_${k} = large${k};`),
    '}',
  ]);
  return shader(area, {
    declarations: [
      'uniform highp usampler2DArray source;',
      PICTURE_GLSL,
      cellGlsl(side),
      smearGlsl(size),
      integerTargets(2 * pixels),
    ],
    body: [
      prepare(side),
      ...enlarge,
      ...writeOutputs(pixels),
      `gl_FragDepth = smear(q0 / 2) > ${glslFloat(ROUGH_LIMIT)} ? ${ROUGH_DEPTH} : ${SMOOTH_DEPTH};`,
    ],
    blocks: [],
    samplers: [],
  });
}

/** `cell(x, y, layer)`: four floats of the texture `source`. @param blocks side of the blocks in which it was written */
function cellGlsl(blocks: number): string {
  return `${blockedFetch(blocks)}
vec4 cell(int x, int y, int layer) { return ${FLOAT_STORAGE.read('fetchBlocked(ivec2(x, y), layer)')[0]}; }`;
}

/** `smear(cell)`: how far enlarging may throw the picture off around a pixel of half the size; see `nameRoughPixels`. */
function smearGlsl(size: number): string {
  const last = size / 2 - 1;
  return `vec4 bend(ivec2 q, int layer) {
  vec4 twice = 2.0 * cell(q.x, q.y, layer);
  vec4 across = cell(max(q.x - 1, 0), q.y, layer) + cell(min(q.x + 1, ${last}), q.y, layer) - twice;
  vec4 down = cell(q.x, max(q.y - 1, 0), layer) + cell(q.x, min(q.y + 1, ${last}), layer) - twice;
  return max(abs(across), abs(down));
}
float smear(ivec2 q) {
  vec4 low = cell(q.x, q.y, 0);
  vec4 bentLow = bend(q, 0);
  vec4 bentHigh = bend(q, 1);
  vec2 spot = round(2.0 * vec2(q) + 0.5 + low.xy * ${glslFloat(size / 2)});
  ivec2 p = ivec2(clamp(spot, 1.0, ${size - 2}.0));
  vec4 warped = pixel(p);
  vec4 slope = max(
    max(abs(pixel(p + ivec2(1, 0)) - warped), abs(pixel(p - ivec2(1, 0)) - warped)),
    max(abs(pixel(p + ivec2(0, 1)) - warped), abs(pixel(p - ivec2(0, 1)) - warped)));
  float bentFlow = min(max(bentLow.x, bentLow.y) * ${glslFloat(size / 2)}, 1.0);
  vec4 difference = vec4(low.w, cell(q.x, q.y, 1).xyz) - warped;
  vec4 error = abs(low.z) * vec4(bentLow.w, bentHigh.xyz) + bentLow.z * abs(difference)
    + abs(1.0 - low.z) * slope * bentFlow;
  vec4 light = (warped + low.z * difference + 1.0) / 2.0;
  vec4 steps = error * ${glslFloat(SRGB_SLOPE)} * inversesqrt(max(light, ${glslFloat(DARKEST)}));
  return max(max(steps.x, steps.y), max(steps.z, error.w));
}`;
}
