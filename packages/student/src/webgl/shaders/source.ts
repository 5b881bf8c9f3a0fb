import { type ActivationStorage, FLOAT_STORAGE } from './storage.ts';

/** Where a shader's input channels come from. */
export interface ShaderSource {
  readonly groups: number;
  /** Declarations. */
  readonly glsl: string;
  /** Names of its uniform blocks. */
  readonly blocks: readonly string[];
  /** What a value is multiplied with to give the activation. */
  readonly scale: number;
  /** Groups that arrive together. */
  readonly perStep: 1 | 2;
  /** Statements that declare the groups of the step `i` as `x<group>_<pixel>` for a pixel of the thread. */
  step(pixel: number): string;
}

/** The name of the uniform block that every entry source reads. */
export const ENTRY_BLOCK = 'Entry';

const SAMPLER = 'uniform highp usampler2DArray source;';

/**
 * Activations in a texture array.
 *
 * @param side of the blocks in which it was written
 */
export function activationSource(storage: ActivationStorage, groups: number, side: number): ShaderSource {
  return {
    groups,
    glsl: `${SAMPLER}\n${blockedFetch(side)}`,
    blocks: [],
    scale: storage.readScale,
    perStep: storage.groupsPerLayer,
    step: (k) =>
      [`uvec4 u${k} = fetchBlocked(q${k}, i);`, ...storage.read(`u${k}`).map((x, n) => `vec4 x${n}_${k} = ${x};`)].join(
        '\n',
      ),
  };
}

/** The sines of a first layer that sees positions only. The pose is in its biases. */
export function positionSource(groups: number): ShaderSource {
  return entrySource(groups, '', () => '');
}

/**
 * The sines of a level's first layer, whose feature columns were applied to the level below: takes that grid, of half
 * the size, bilinearly to each pixel (half-pixel centres, border clamped). Pixel i lies between cells (i - 1) >> 1 and
 * the next; three quarters belong to the nearer one. The position is linear, so it is added here, where it is exact.
 */
export function gridSource(groups: number, gridSize: number, side: number): ShaderSource {
  const declarations = `${SAMPLER}
${enlargeGlsl(gridSize, side)}`;
  return entrySource(groups, declarations, (k) => `enlarged(q${k}, i) + `);
}

/** The same from a grid of the level's own size. */
export function cellSource(groups: number, side: number): ShaderSource {
  const declarations = `${SAMPLER}\n${cellGlsl(side)}`;
  return entrySource(groups, declarations, (k) => `cell(q${k}.x, q${k}.y, i) + `);
}

/** `cell(x, y, layer)`: four floats of the texture `source`, which was written in blocks. */
function cellGlsl(side: number): string {
  return `${blockedFetch(side)}
vec4 cell(int x, int y, int layer) { return ${FLOAT_STORAGE.read('fetchBlocked(ivec2(x, y), layer)')[0]}; }`;
}

/** `cell`, and `enlarged(q, layer)`: what cells of half the size give at a pixel. @param gridSize side of the grid */
export function enlargeGlsl(gridSize: number, side: number): string {
  return `${cellGlsl(side)}
vec4 enlarged(ivec2 q, int layer) {
  ivec2 low = (q - 1) >> 1;
  ivec2 a = max(low, 0);
  ivec2 b = min(low + 1, ${gridSize - 1});
  vec2 f = 0.75 - 0.5 * vec2(q & 1);
  vec4 topLeft = cell(a.x, a.y, layer);
  vec4 bottomLeft = cell(a.x, b.y, layer);
  vec4 top = topLeft + f.x * (cell(b.x, a.y, layer) - topLeft);
  vec4 bottom = bottomLeft + f.x * (cell(b.x, b.y, layer) - bottomLeft);
  return top + f.y * (bottom - top);
}`;
}

function entrySource(groups: number, declarations: string, features: (pixel: number) => string): ShaderSource {
  const table = `vec4 entryBias[${groups}]; vec4 entryX[${groups}]; vec4 entryY[${groups}];`;
  return {
    groups,
    glsl: `layout(std140) uniform ${ENTRY_BLOCK} { ${table} };\n${declarations}`,
    blocks: [ENTRY_BLOCK],
    scale: 1,
    perStep: 1,
    step: (k) => `vec4 x0_${k} = sinTurns(${features(k)}entryBias[i] + at${k}.x * entryX[i] + at${k}.y * entryY[i]);`,
  };
}

/** `fetchBlocked(pixel, layer)`: a texel of the texture `source`, which was written in blocks; see `Blocking`. */
export function blockedFetch(side: number, texel = 'uvec4'): string {
  const place =
    side === 1
      ? 'ivec3(q, layer)'
      : `ivec3(q / ${side}, layer * ${side * side} + (q.y % ${side}) * ${side} + q.x % ${side})`;
  return `${texel} fetchBlocked(ivec2 q, int layer) { return texelFetch(source, ${place}, 0); }`;
}
