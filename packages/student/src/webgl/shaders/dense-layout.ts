import { range } from './blocking.ts';

/** Part of a layer's weights that lies together: the rows of some inputs, after a row of biases. */
interface Part {
  readonly name: string;
  readonly firstRow: number;
  readonly rows: number;
}

/** A dense layer, or some of its columns, as shaders see it; the numbers come apart, see `fillDense`. */
export interface DenseLayout {
  readonly inputs: number;
  /** Groups of four output channels. */
  readonly groups: number;
  /** Groups of four input channels that a step of its loop takes. */
  readonly perStep: 1 | 2;
  readonly parts: readonly Part[];
  /** Declarations. */
  readonly glsl: string;
  /** Names of its uniform blocks or else its samplers, one for each part. */
  readonly blocks: readonly string[];
  readonly samplers: readonly string[];
  /** Expression of four numbers of a part; row 0 holds the biases. */
  at(part: number, row: string, group: number): string;
}

/** What a layout depends on. */
export interface DenseShape {
  readonly inputs: number;
  readonly groups: number;
  readonly perStep: 1 | 2;
}

/**
 * A layout in uniform blocks, which GPUs read as constants.
 *
 * @param prefix distinguishes the layers of one shader
 * @param blockBytes the device's largest uniform block; 16384 at least, 65536 as a rule
 */
export function uniformLayout(prefix: string, shape: DenseShape, blockBytes: number): DenseLayout {
  const { groups } = shape;
  const parts = splitRows(prefix, shape, Math.floor(blockBytes / 16 / groups) - 1);
  // Two members in each block: ANGLE on Direct3D turns a block of one large array into a buffer read by fetches.
  const glsl = parts.map(
    ({ name, rows }) =>
      `layout(std140) uniform Block_${name} { vec4 ${name}_bias[${groups}]; vec4 ${name}[${rows * groups}]; };`,
  );
  return {
    ...shape,
    parts,
    glsl: glsl.join('\n'),
    blocks: parts.map(({ name }) => `Block_${name}`),
    samplers: [],
    at: (part, row, group) =>
      row === '0' ? `${prefix}${part}_bias[${group}]` : `${prefix}${part}[(${row}) * ${groups} + ${group - groups}]`,
  };
}

/** A layout in one texture of `groups` columns. */
export function textureLayout(prefix: string, shape: DenseShape): DenseLayout {
  const parts = splitRows(prefix, shape, Number.POSITIVE_INFINITY);
  return {
    ...shape,
    parts,
    glsl: `uniform highp sampler2D ${prefix}0;`,
    blocks: [],
    samplers: [`${prefix}0`],
    at: (_, row, group) => `texelFetch(${prefix}0, ivec2(${group}, ${row}), 0)`,
  };
}

function splitRows(prefix: string, { inputs, perStep }: DenseShape, mostRows: number): Part[] {
  const step = perStep * 4;
  const padded = Math.ceil(inputs / step) * step;
  const most = Math.min(padded, Math.floor(mostRows / step) * step);
  return range(Math.ceil(padded / most)).map((i) => ({
    name: `${prefix}${i}`,
    firstRow: i * most,
    rows: Math.min(most, padded - i * most),
  }));
}

/** A layer's numbers: `weight` is `[inputs, outputs]` row-major. */
export interface DenseNumbers {
  readonly outputs: number;
  readonly weight: Float32Array;
  readonly bias: Float32Array | null;
}

/**
 * Contents of a layout's parts, `[1 + rows, groups, 4]` each; only the first part's biases count.
 *
 * @param firstGroup the layer's group that is the layout's first; channels past the layer's last are zeros
 * @param scale multiplies weights; `biasScale` biases
 */
export function fillDense(
  { inputs, groups, parts }: DenseLayout,
  { outputs, weight, bias }: DenseNumbers,
  firstGroup: number,
  scale: number,
  biasScale: number,
): Float32Array[] {
  const first = firstGroup * 4;
  const channels = Math.min(groups * 4, outputs - first);
  return parts.map(({ firstRow, rows }) => {
    const data = new Float32Array((rows + 1) * groups * 4);
    for (let n = 0; n < channels; n++) {
      if (bias !== null) data[n] = bias[first + n]! * biasScale;
      for (let row = 0; row < Math.min(rows, inputs - firstRow); row++) {
        data[(row + 1) * groups * 4 + n] = weight[(firstRow + row) * outputs + first + n]! * scale;
      }
    }
    return data;
  });
}
