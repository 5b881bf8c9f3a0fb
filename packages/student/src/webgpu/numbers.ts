import { fromFloat32 } from '@tha4/core';

/**
 * How a level keeps what it multiplies, weights and activations. Sums, positions, biases, grids and the network's outputs
 * are 32-bit floats whatever this is: a sum reaches 80 half turns, where a 16-bit float steps by a 16th.
 */
export interface Numbers {
  /** WGSL: directives, then the type of four numbers, `Four`, and what makes one of four floats, `four(v)`. */
  readonly directives: string;
  readonly declarations: string;
  /** Weights as the buffer of `Four` holds them; `null`: they are those of the buffer of floats. */
  readonly pack: ((weights: Float32Array) => Float32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>) | null;
}

/** 32-bit floats. */
export const FLOAT_NUMBERS: Numbers = {
  directives: '',
  declarations: 'alias Four = vec4f;\nfn four(v: vec4f) -> Four {\n  return v;\n}',
  pack: null,
};

/** 16-bit floats, for adapters with `shader-f16`: half the memory traffic of a level. What it costs: docs/quality.md. */
export const HALF_NUMBERS: Numbers = {
  directives: 'enable f16;\n',
  declarations: 'alias Four = vec4h;\nfn four(v: vec4f) -> Four {\n  return vec4h(v);\n}',
  pack: (weights) => Uint8Array.from(fromFloat32(weights, [weights.length], 'F16').bytes),
};
