import { halfFromFloat32Bits } from '../checkpoint/half.ts';
import { CheckpointError } from '../errors.ts';
import type { Constant, Model, Node, Value } from './graph.ts';

/** What is computed in 16 bits: nearly all of the work. */
const HALF = new Set(['Conv', 'ConvTranspose', 'MatMul']);
/** What stays in 16 bits where it comes in so, and is not worth a conversion. */
const EITHER = new Set(['Relu', 'LeakyRelu', 'Sigmoid', 'Tanh', 'Concat', 'AveragePool']);
const LARGEST = 65504;
/** `TensorProto.DataType` */
const FLOAT = 1;
const FLOAT16 = 10;

/**
 * The same graph with convolutions and matrix products in 16-bit floats, and their weights half as large. Norms, sums,
 * blends and everything about a flow stay in 32 bits: a position in a picture of 512 pixels has no 16-bit float that is
 * near enough. Inputs and outputs are float32 as before.
 *
 * @throws {CheckpointError} where a weight is too large
 */
export function halfPrecision(model: Model): Model {
  const nodes: Node[] = [];
  const constants = new Map(model.constants.map((constant) => [constant.value, constant]));
  const halfConstants = new Map<Value, Constant>();
  /** The 16-bit version of a value. */
  const halves = new Map<Value, Value>();
  /** Values that are made in 16 bits, and have no 32-bit version yet. */
  const onlyHalf = new Set<Value>();

  const castToHalf = (from: Value): Value => {
    const value = { name: `${from.name}_half`, dims: from.dims };
    const attributes = { to: FLOAT16 };
    nodes.push({ name: value.name, type: 'Cast', inputs: [from], outputs: [value], attributes });
    return value;
  };
  const asHalf = (value: Value): Value => {
    const known = halves.get(value);
    if (known !== undefined) return known;
    const constant = constants.get(value);
    const half = constant === undefined ? castToHalf(value) : halfConstant(constant, halfConstants);
    halves.set(value, half);
    return half;
  };
  const asWhole = (value: Value): Value => {
    if (!onlyHalf.delete(value)) return value;
    // Under its own name, so that an output of the graph keeps it.
    const attributes = { to: FLOAT };
    nodes.push({ name: value.name, type: 'Cast', inputs: [halves.get(value)!], outputs: [value], attributes });
    return value;
  };

  for (const node of model.nodes) {
    const comesInHalf = node.inputs.every((input) => input !== null && halves.has(input));
    if (!(HALF.has(node.type) || (EITHER.has(node.type) && comesInHalf))) {
      const inputs = node.inputs.map((input) => (input === null ? null : asWhole(input)));
      nodes.push({ ...node, inputs });
      continue;
    }
    const inputs = node.inputs.map((input) => (input === null ? null : asHalf(input)));
    const outputs = node.outputs.map((output) => ({ name: `${output.name}_half`, dims: output.dims }));
    nodes.push({ ...node, name: `${node.name}_half`, inputs, outputs });
    for (const [i, output] of node.outputs.entries()) {
      halves.set(output, outputs[i]!);
      onlyHalf.add(output);
    }
  }
  for (const output of model.outputs) asWhole(output);
  const used = new Set(nodes.flatMap((node) => node.inputs));
  return {
    ...model,
    nodes,
    constants: [...model.constants, ...halfConstants.values()].filter(({ value }) => used.has(value)),
  };
}

function halfConstant({ value, data }: Constant, made: Map<Value, Constant>): Value {
  if (!(data instanceof Float32Array))
    throw new TypeError(`halfPrecision: expected floats in ${value.name}, got integers`);
  const bits = new Uint32Array(data.buffer, data.byteOffset, data.length);
  const half = new Uint16Array(data.length);
  for (let i = 0; i < data.length; i++) {
    if (Math.abs(data[i]!) > LARGEST) {
      throw new CheckpointError(
        `${value.name}: expected magnitudes up to ${LARGEST} for fp16, got ${data[i]}; use fp32`,
        [value.name],
      );
    }
    half[i] = halfFromFloat32Bits(bits[i]!);
  }
  const copy = { name: `${value.name}_half`, dims: value.dims };
  made.set(value, { value: copy, data: half });
  return copy;
}
