/** A dense layer as the `layer` kernel takes it: eight output channels to a block, the last one padded with zeros. */
export interface PackedDense {
  readonly inputs: number;
  readonly outputs: number;
  readonly blocks: number;
  /** `[blocks, inputs, 8]`. */
  readonly weights: Float32Array;
  /** `[blocks, 8]`. */
  readonly biases: Float32Array;
}

/**
 * Packs a dense layer.
 *
 * @param weight `[inputs, outputs]` row-major, already scaled by 30 / pi where a sine follows
 */
export function packDense(weight: Float32Array, bias: Float32Array): PackedDense {
  const outputs = bias.length;
  const inputs = weight.length / outputs;
  const blocks = Math.ceil(outputs / 8);
  const weights = new Float32Array(blocks * inputs * 8);
  for (let n = 0; n < outputs; n++) {
    const base = (n >> 3) * inputs * 8 + (n & 7);
    for (let k = 0; k < inputs; k++) weights[base + k * 8] = weight[k * outputs + n]!;
  }
  const biases = new Float32Array(blocks * 8);
  biases.set(bias);
  return { inputs, outputs, blocks, weights, biases };
}
