/** A value of a graph, in ONNX's layout (images NCHW). Names are unique; an output is renamed when the model is made. */
export interface Value {
  name: string;
  readonly dims: readonly number[];
}

/** A bare number is an integer. */
export type Attribute = number | string | readonly number[] | { readonly float: number };

export interface Node {
  readonly name: string;
  /** ONNX operator. */
  readonly type: string;
  /** `null` stands for an optional input that is left out. */
  readonly inputs: readonly (Value | null)[];
  readonly outputs: readonly Value[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

export interface Constant {
  readonly value: Value;
  readonly data: Float32Array | BigInt64Array;
}

/** A finished graph and what is written beside it. */
export interface Model {
  readonly name: string;
  readonly producer: string;
  readonly description: string;
  readonly metadata: ReadonlyMap<string, string>;
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  readonly nodes: readonly Node[];
  readonly constants: readonly Constant[];
}

/** Records nodes in the order in which they are asked for. */
export interface GraphBuilder {
  /** A float32 input of fixed size. */
  input(name: string, dims: readonly number[]): Value;
  /** A float32 or int64 constant; one with the same content is made only once, under its first name. */
  constant(data: Float32Array | readonly number[], dims: readonly number[], name?: string): Value;
  /** One operator; returns as many values as `outputDims` has entries. */
  node(
    type: string,
    inputs: readonly (Value | null)[],
    outputDims: readonly (readonly number[])[],
    attributes?: Readonly<Record<string, Attribute>>,
  ): Value[];
  /** Names the outputs and leaves out what none of them needs. */
  build(
    about: Pick<Model, 'name' | 'producer' | 'description' | 'metadata'>,
    outputs: Readonly<Record<string, Value>>,
  ): Model;
}

export function graphBuilder(): GraphBuilder {
  const inputs: Value[] = [];
  const nodes: Node[] = [];
  const constants: Constant[] = [];
  /** Size and hash of the content -> constants that have them. */
  const known = new Map<string, Constant[]>();

  const node: GraphBuilder['node'] = (type, from, outputDims, attributes = {}) => {
    const name = `${type}_${nodes.length}`;
    const outputs = outputDims.map((dims, i) => ({ name: i === 0 ? name : `${name}_${i}`, dims }));
    nodes.push({ name, type, inputs: from, outputs, attributes });
    return outputs;
  };

  return {
    input(name, dims) {
      const value = { name, dims };
      inputs.push(value);
      return value;
    },
    constant(numbers, dims, name) {
      const data = numbers instanceof Float32Array ? numbers : BigInt64Array.from(numbers, BigInt);
      const key = `${data.constructor.name} ${dims.join('x')} ${hash(data)}`;
      const candidates = known.get(key) ?? [];
      const same = candidates.find((constant) => equalBytes(constant.data, data));
      if (same !== undefined) return same.value;
      const wanted = name ?? `constant_${constants.length}`;
      const isTaken = constants.some(({ value }) => value.name === wanted);
      const constant = { value: { name: isTaken ? `${wanted}_${constants.length}` : wanted, dims }, data };
      constants.push(constant);
      known.set(key, [...candidates, constant]);
      return constant.value;
    },
    node,
    build(about, named) {
      const produced = new Set(nodes.flatMap((each) => each.outputs));
      const outputs: Value[] = [];
      for (const [name, value] of Object.entries(named)) {
        // An output has to be a node's, and has one name only.
        const own =
          produced.has(value) && !outputs.includes(value) ? value : node('Identity', [value], [value.dims])[0]!;
        own.name = name;
        outputs.push(own);
      }
      const needed = new Set(outputs);
      const kept: Node[] = [];
      for (const each of [...nodes].reverse()) {
        if (!each.outputs.some((output) => needed.has(output))) continue;
        kept.unshift(each);
        for (const input of each.inputs) if (input !== null) needed.add(input);
      }
      return {
        ...about,
        inputs,
        outputs,
        nodes: kept,
        constants: constants.filter(({ value }) => needed.has(value)),
      };
    },
  };
}

function bytesOf(data: Float32Array | BigInt64Array): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** FNV-1a, 32 bit at a time. */
function hash(data: Float32Array | BigInt64Array): number {
  let state = 0x811c9dc5;
  const words = new Uint32Array(data.buffer, data.byteOffset, data.byteLength / 4);
  for (let i = 0; i < words.length; i++) state = Math.imul(state ^ words[i]!, 0x01000193);
  return state;
}

function equalBytes(a: Float32Array | BigInt64Array, b: Float32Array | BigInt64Array): boolean {
  const other = bytesOf(b);
  return bytesOf(a).every((byte, i) => byte === other[i]);
}
