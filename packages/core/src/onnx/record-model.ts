import type { Weights } from '../checkpoint/stored-tensor.ts';
import type { Ops } from '../ops/ops.ts';
import { graphBuilder, type Value } from './graph.ts';
import { onnxOps } from './onnx-ops.ts';
import { encodeModel } from './protobuf.ts';
import type { Recorded } from './recorder.ts';

export interface OnnxExportOptions {
  /** Written as `metadata_props`, for example who made the weights and under which licence. */
  readonly metadata?: ReadonlyMap<string, string>;
  /**
   * Drops whole turns before every sine, at the price of three more passes. onnxruntime's CPU provider does not need it;
   * providers that run on a GPU promise nothing for the arguments of up to 250 rad that occur. Default: false.
   */
  readonly reduceSine?: boolean;
}

const DEFAULTS: Required<OnnxExportOptions> = { metadata: new Map(), reduceSine: false };

/** Declares a float32 input; its shape is the logical one (images NHWC), in the file it is NCHW. */
export type DeclareInput = (name: string, shape: readonly number[]) => Recorded;

/**
 * Runs a network once on the recording executor and returns it as an ONNX file.
 *
 * @param about what the file says of itself
 * @param network returns the outputs by name; images lie NCHW in the file
 */
export function recordModel(
  about: { readonly name: string; readonly description: string },
  options: OnnxExportOptions | undefined,
  network: (ops: Ops<Recorded>, input: DeclareInput) => Readonly<Record<string, Recorded>>,
): Uint8Array {
  const { metadata, reduceSine } = { ...DEFAULTS, ...options };
  const graph = graphBuilder();
  const input: DeclareInput = (name, shape) => {
    const [n, h, w, c] = shape;
    return { shape, value: graph.input(name, shape.length === 4 ? [n!, c!, h!, w!] : shape) };
  };
  const outputs: Record<string, Value> = {};
  for (const [name, output] of Object.entries(network(onnxOps(graph, reduceSine), input))) {
    if (!('value' in output)) throw new TypeError(`recordModel: expected '${name}' to be computed, got a constant`);
    outputs[name] = output.value;
  }
  return encodeModel(graph.build({ ...about, producer: 'tha4', metadata }, outputs));
}

/** A network's weights as constants of a graph, named `<prefix><key>`. */
export function weightConstants(weights: Weights, prefix = ''): Map<string, Recorded> {
  return new Map([...weights].map(([key, { shape, data }]) => [key, { shape, data, name: prefix + key }]));
}
