import { OMEGA_0, type Weights } from '@tha4/core';
import type { NetworkShape } from './shape.ts';

/** A matrix in the flat array of parameters, packed `[blocks][rows][8]`; offsets count float32 numbers. */
export interface Matrix {
  readonly inputs: number;
  readonly outputs: number;
  /** `inputs`, up to a multiple of 4: the rows that are stored. */
  readonly rows: number;
  /** Blocks of eight outputs. */
  readonly blocks: number;
  readonly offset: number;
}

/** A dense layer with its bias `[blocks * 8]`, and where its transpose lies among the transposes. */
export interface Dense extends Matrix {
  readonly bias: number;
  readonly transposed: number;
}

/** A level's first layer, taken apart by what its inputs are; see `joinedSineLayer` of core. */
export interface Entry {
  readonly pose: Matrix;
  /** Rows x, y, bias. */
  readonly position: Matrix;
}

export interface LevelParameters {
  readonly size: number;
  readonly entry: Entry;
  /** Sine layers after the first. */
  readonly sines: readonly Dense[];
  /** What leads on: the features' part of the next level's first layer (no bias of its own), or the last layer. */
  readonly exit: Dense;
}

/** Some rows of a checkpoint tensor, and where they lie. */
export interface Part {
  readonly key: string;
  readonly shape: readonly number[];
  readonly firstRow: number;
  readonly rowCount: number;
  readonly matrix: Pick<Matrix, 'rows' | 'outputs' | 'offset'>;
  /** Row of the matrix that takes the first of them. */
  readonly at: number;
}

/** Where every number of a network lies while it is trained: first all that a sine follows, then the last layer. */
export interface Parameters {
  readonly poseSize: number;
  readonly levels: readonly LevelParameters[];
  /** Numbers in all, padding counted. */
  readonly count: number;
  /** Numbers that a sine follows; kernels see them times `30 / pi`. */
  readonly sineCount: number;
  readonly transposedCount: number;
  readonly parts: readonly Part[];
}

export const SINE_SCALE: number = OMEGA_0 / Math.PI;

/** Lays the parameters of a network out. */
export function layOutParameters({ poseSize, levels, last, outputs }: NetworkShape): Parameters {
  let count = 0;
  let transposedCount = 0;
  const parts: Part[] = [];
  const matrix = (inputs: number, outputs: number): Matrix => {
    const rows = Math.ceil(inputs / 4) * 4;
    const blocks = Math.ceil(outputs / 8);
    const offset = count;
    count += blocks * rows * 8;
    return { inputs, outputs, rows, blocks, offset };
  };
  const dense = (inputs: number, outputs: number): Dense => {
    const weights = matrix(inputs, outputs);
    const bias = count;
    count += weights.blocks * 8;
    const transposed = transposedCount;
    transposedCount += Math.ceil(inputs / 8) * outputs * 8;
    return { ...weights, bias, transposed };
  };
  const addBias = (key: string, target: Part['matrix'], at = 0): void => {
    parts.push({ key: `${key}.bias`, shape: [target.outputs], firstRow: 0, rowCount: 1, matrix: target, at });
  };
  const addDense = (key: string, layer: Dense): Dense => {
    const { inputs, outputs, bias } = layer;
    parts.push({
      key: `${key}.weight`,
      shape: [inputs, outputs],
      firstRow: 0,
      rowCount: inputs,
      matrix: layer,
      at: 0,
    });
    addBias(key, { rows: 1, outputs, offset: bias });
    return layer;
  };

  let below: Dense | null = null;
  const entered = levels.map(({ size, widths, keys }, index) => {
    const features = below?.inputs ?? 0;
    const key = keys[0]!;
    const shape = [features + 2 + poseSize, widths[0]!];
    if (below !== null)
      parts.push({ key: `${key}.weight`, shape, firstRow: 0, rowCount: features, matrix: below, at: 0 });
    const entry = { pose: matrix(poseSize, widths[0]!), position: matrix(3, widths[0]!) };
    parts.push({ key: `${key}.weight`, shape, firstRow: features, rowCount: 2, matrix: entry.position, at: 0 });
    addBias(key, entry.position, 2);
    parts.push({
      key: `${key}.weight`,
      shape,
      firstRow: features + 2,
      rowCount: poseSize,
      matrix: entry.pose,
      at: 0,
    });
    const sines = widths.slice(1).map((width, i) => addDense(keys[i + 1]!, dense(widths[i]!, width)));
    const next = levels[index + 1];
    below = next === undefined ? null : dense(widths.at(-1)!, next.widths[0]!);
    return { size, entry, sines, exit: below };
  });
  const sineCount = count;
  const end = addDense(last, dense(levels.at(-1)!.widths.at(-1)!, outputs));
  const placed = entered.map(({ exit, ...level }): LevelParameters => ({ ...level, exit: exit ?? end }));
  return { poseSize, levels: placed, count, sineCount, transposedCount, parts };
}

/** Copies checkpoint weights into the flat array, whose padding must hold zeros. */
export function packParameters({ parts }: Parameters, weights: Weights, flat: Float32Array): void {
  for (const part of parts) {
    const { data } = weights.get(part.key)!;
    eachNumber(part, (inTensor, inFlat) => {
      flat[inFlat] = data[inTensor]!;
    });
  }
}

/** The flat array under the checkpoint's keys. */
export function unpackParameters({ parts }: Parameters, flat: Float32Array): Weights {
  const weights = new Map<string, { readonly shape: readonly number[]; readonly data: Float32Array }>();
  for (const part of parts) {
    if (!weights.has(part.key)) {
      const data = new Float32Array(part.shape.reduce((a, b) => a * b, 1));
      weights.set(part.key, { shape: part.shape, data });
    }
    const { data } = weights.get(part.key)!;
    eachNumber(part, (inTensor, inFlat) => {
      data[inTensor] = flat[inFlat]!;
    });
  }
  return weights;
}

function eachNumber({ firstRow, rowCount, matrix, at }: Part, visit: (inTensor: number, inFlat: number) => void): void {
  const { rows, outputs, offset } = matrix;
  for (let k = 0; k < rowCount; k++) {
    for (let n = 0; n < outputs; n++) {
      visit((firstRow + k) * outputs + n, offset + (n >> 3) * rows * 8 + (at + k) * 8 + (n & 7));
    }
  }
}
