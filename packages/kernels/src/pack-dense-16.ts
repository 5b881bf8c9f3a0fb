/** What stands for 1 in 16-bit activations; `ONE` of the assembly. */
const ONE = 2 ** 14;

/** The largest weight. One less than an int16 can hold: products of two smallest ones would wrap when they are added. */
const MOST = 32767;

/** Pairs of channels to a segment of `sum16`; `SEGMENT` of the assembly. */
const SEGMENT = 15;

/** A dense layer as the `layer16` kernel takes it: blocks of eight output channels, the last one padded with zeros. */
export interface PackedDense16 {
  readonly pairs: number;
  readonly blocks: number;
  /** `[blocks, pairs, 8, 2]`, in units of `multiples / 2^17`. */
  readonly weights: Int16Array;
  /** `[blocks, 8]`, in units of `multiples / 2^31`, modulo 2^32. */
  readonly biases: Int32Array;
  /** `[blocks, 8]`: what a channel's sum is multiplied by, to be a phase of 2^31 to half a turn. */
  readonly multiples: Int32Array;
}

/** A dense layer without bias as the `sum16` kernel takes it. */
export interface PackedSum16 {
  readonly segments: number;
  readonly blocks: number;
  /** `[blocks, segments * 15, 8, 2]`. */
  readonly weights: Int16Array;
  /** `[blocks, 8]`: what one in a channel's sum is worth. */
  readonly scales: Float32Array;
}

/**
 * Packs a dense layer that a sine follows.
 *
 * @param weight `[inputs, outputs]` row-major, scaled by 30 / pi
 */
export function packDense16(weight: Float32Array, bias: Float32Array): PackedDense16 {
  const outputs = bias.length;
  const inputs = weight.length / outputs;
  const pairs = Math.ceil(inputs / 2);
  const blocks = Math.ceil(outputs / 8);
  const weights = new Int16Array(blocks * pairs * 16);
  const biases = new Int32Array(blocks * 8);
  const multiples = new Int32Array(blocks * 8).fill(1);
  for (let n = 0; n < outputs; n++) {
    const column = columnOf(weight, outputs, n);
    const largest = column.reduce((most, w) => Math.max(most, Math.abs(w)), 0);
    const multiple = Math.max(Math.ceil((largest * 2 ** 17) / MOST), 1);
    putColumn(weights, pairs, n, column, 2 ** 17 / multiple);
    // Whole turns change nothing; without them the rest is exact in float64.
    biases[n] = Math.round(((bias[n]! % 2) * 2 ** 31) / multiple);
    multiples[n] = multiple;
  }
  return { pairs, blocks, weights, biases, multiples };
}

/**
 * Packs a dense layer whose sum is no phase: each channel as large as fits a segment's sum.
 *
 * @param weight `[inputs, outputs]` row-major
 */
export function packSum16(weight: Float32Array, outputs: number): PackedSum16 {
  const inputs = weight.length / outputs;
  const segments = Math.ceil(inputs / (2 * SEGMENT));
  const blocks = Math.ceil(outputs / 8);
  const weights = new Int16Array(blocks * segments * SEGMENT * 16);
  const scales = new Float32Array(blocks * 8);
  for (let n = 0; n < outputs; n++) {
    const column = columnOf(weight, outputs, n);
    let [largest, heaviest] = [0, 0];
    for (let first = 0; first < inputs; first += 2 * SEGMENT) {
      const sizes = column.subarray(first, first + 2 * SEGMENT).map(Math.abs);
      largest = Math.max(largest, ...sizes);
      heaviest = Math.max(
        heaviest,
        sizes.reduce((sum, w) => sum + w, 0),
      );
    }
    if (largest === 0) continue;
    // The sum of a segment stays below 2^31, each weight's rounding by up to a half counted.
    const scale = Math.min(MOST / largest, ((2 ** 31 - 1) / ONE - SEGMENT) / heaviest);
    putColumn(weights, segments * SEGMENT, n, column, scale);
    scales[n] = 1 / (scale * ONE);
  }
  return { segments, blocks, weights, scales };
}

function columnOf(weight: Float32Array, outputs: number, n: number): Float64Array {
  return Float64Array.from({ length: weight.length / outputs }, (_, k) => weight[k * outputs + n]!);
}

function putColumn(target: Int16Array, pairs: number, n: number, column: Float64Array, scale: number): void {
  const base = (n >> 3) * pairs * 16 + (n & 7) * 2;
  column.forEach((w, k) => {
    target[base + (k >> 1) * 16 + (k & 1)] = Math.round(w * scale);
  });
}
