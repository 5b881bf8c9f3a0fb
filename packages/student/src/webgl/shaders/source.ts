import { range } from './blocking.ts';
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
  /** Statements that work out once where the pixels of a thread lie, a square of `side ** 2` of them. */
  prepare(side: number): string;
  /** Statements that declare the groups of the step `i` as `x<group>_<pixel>`, for each of these pixels. */
  step(side: number): string;
}

/** The name of the uniform block that every entry source reads. */
export const ENTRY_BLOCK = 'Entry';

const SAMPLER = 'uniform highp usampler2DArray source;';

/** What is added to the values of an entry: prepared once a thread, then `add<pixel>` declared for each step `i`. */
type Features = Pick<ShaderSource, 'prepare' | 'step'>;

/**
 * Activations in a texture array.
 *
 * @param blocks side of the blocks in which it was written
 */
export function activationSource(storage: ActivationStorage, groups: number, blocks: number): ShaderSource {
  const read = (k: number, side: number): string => {
    const values = storage.read(`u${k}`).map((x, n) => `vec4 x${n}_${k} = ${x};`);
    return `uvec4 u${k} = ${fetchPixel(k, side, blocks)}; ${values.join(' ')}`;
  };
  return {
    groups,
    glsl: SAMPLER,
    blocks: [],
    scale: storage.readScale,
    perStep: storage.groupsPerLayer,
    prepare: (side) => pixelSpots(side, blocks),
    step: (side) => eachPixel(side, (k) => read(k, side)),
  };
}

/** The sines of a first layer that sees positions only. The pose is in its biases. */
export function positionSource(groups: number): ShaderSource {
  return entrySource(groups, '', { prepare: () => '', step: (side) => eachPixel(side, (k) => `vec4 add${k} = bias;`) });
}

/**
 * The sines of a level's first layer, whose feature columns were applied to the level below: takes that grid, of half
 * the size, bilinearly to each pixel. The position is linear, so it is added here, where it is exact.
 *
 * @param blocks side of the blocks in which the grid was written
 */
export function gridSource(groups: number, gridSize: number, blocks: number): ShaderSource {
  const { prepare, step } = enlargement(gridSize, blocks);
  return entrySource(groups, SAMPLER, {
    prepare,
    step: (side) => `${step(side)}\n${eachPixel(side, (k) => `vec4 add${k} = large${k} + bias;`)}`,
  });
}

/** The same from a grid of the level's own size. */
export function cellSource(groups: number, blocks: number): ShaderSource {
  return entrySource(groups, SAMPLER, {
    prepare: (side) => pixelSpots(side, blocks),
    step: (side) =>
      eachPixel(side, (k) => `vec4 add${k} = ${FLOAT_STORAGE.read(fetchPixel(k, side, blocks))[0]} + bias;`),
  });
}

function entrySource(groups: number, glsl: string, { prepare, step }: Features): ShaderSource {
  const table = `vec4 entryBias[${groups}]; vec4 entryX[${groups}]; vec4 entryY[${groups}];`;
  return {
    groups,
    glsl: `layout(std140) uniform ${ENTRY_BLOCK} { ${table} };\n${glsl}`,
    blocks: [ENTRY_BLOCK],
    scale: 1,
    perStep: 1,
    prepare,
    step: (side) => `vec4 bias = entryBias[i]; vec4 alongX = entryX[i]; vec4 alongY = entryY[i];
${step(side)}
${eachPixel(side, (k) => `vec4 x0_${k} = sinTurns(add${k} + at${k}.x * alongX + at${k}.y * alongY);`)}`,
  };
}

/**
 * Four floats of the texture `source`, half the thread's size, bilinearly (half-pixel centres, border clamped) as
 * `large<pixel>`. Pixel q lies between cells (q - 1) >> 1 and the next; three quarters belong to the nearer one. Pixels
 * of a thread share cells.
 */
export function enlargement(gridSize: number, blocks: number): Features {
  const cells = (side: number): Cell[] =>
    range((side + 1) ** 2).map((i) => ({ column: i % (side + 1), row: Math.floor(i / (side + 1)) }));
  const between = (a: string, b: string, share: string): string => `${a} + ${share} * (${b} - ${a})`;
  return {
    prepare: (side) =>
      [
        `ivec2 cell0 = (q0 - 1) >> 1;`,
        ...range(side).map((i) => `ivec2 cell${i + 1} = min(cell0 + ${i + 1}, ${gridSize - 1});`),
        'cell0 = max(cell0, 0);',
        ...cells(side).map(
          ({ column, row }) => `ivec3 spot${row}${column} = ${spotAt(`cell${column}.x`, `cell${row}.y`, blocks)};`,
        ),
        eachPixel(side, (k) => `vec2 share${k} = 0.75 - 0.5 * vec2(q${k} & 1);`),
      ].join('\n'),
    step: (side) =>
      [
        ...cells(side).map(
          ({ column, row }) => `vec4 c${row}${column} = ${fetchFloats(`spot${row}${column}`, 'i', blocks)};`,
        ),
        eachPixel(side, (k) => {
          const [column, row] = [k % side, Math.floor(k / side)];
          const [top, bottom] = [row, row + 1].map((r) =>
            between(`c${r}${column}`, `c${r}${column + 1}`, `share${k}.x`),
          );
          return `vec4 top${k} = ${top}; vec4 bottom${k} = ${bottom};
vec4 large${k} = ${between(`top${k}`, `bottom${k}`, `share${k}.y`)};`;
        }),
      ].join('\n'),
  };
}

interface Cell {
  readonly column: number;
  readonly row: number;
}

/** `fetchBlocked(pixel, layer)`: a texel of the texture `source`, which was written in blocks; see `Blocking`. */
export function blockedFetch(blocks: number, texel = 'uvec4'): string {
  return `${texel} fetchBlocked(ivec2 q, int layer) {
  ivec3 spot = ${spotAt('q.x', 'q.y', blocks)};
  return ${fetchSpot('spot', 'layer', blocks)};
}`;
}

/**
 * Statements that declare the spots of a thread's pixels, where a thread does not read the very block that it writes:
 * working out spots is as slow as fetching on a CPU that pretends to be a GPU.
 */
function pixelSpots(side: number, blocks: number): string {
  return side === blocks ? '' : eachPixel(side, (k) => `ivec3 spot${k} = ${spotAt(`q${k}.x`, `q${k}.y`, blocks)};`);
}

/** Expression of a texel of a pixel's four channels `i`. */
function fetchPixel(k: number, side: number, blocks: number): string {
  return side === blocks
    ? `texelFetch(source, ivec3(p, i * ${blocks ** 2} + ${k}), 0)`
    : fetchSpot(`spot${k}`, 'i', blocks);
}

/** Expression of a pixel's spot: its texel, and which of the layers of a group is its own. */
function spotAt(x: string, y: string, blocks: number): string {
  return blocks === 1 ? `ivec3(${x}, ${y}, 0)` : `ivec3(${x} >> 1, ${y} >> 1, (${y} & 1) * 2 + (${x} & 1))`;
}

function fetchSpot(spot: string, group: string, blocks: number): string {
  return `texelFetch(source, ivec3(${spot}.xy, ${group} * ${blocks ** 2} + ${spot}.z), 0)`;
}

function fetchFloats(spot: string, group: string, blocks: number): string {
  return FLOAT_STORAGE.read(fetchSpot(spot, group, blocks))[0]!;
}

function eachPixel(side: number, text: (pixel: number) => string): string {
  return range(side ** 2)
    .map(text)
    .join('\n');
}
