import { pytorchShape, toPytorchFloats } from '../checkpoint/dense-layout.ts';
import type { FloatTensor } from '../checkpoint/stored-tensor.ts';
import type { Attribute, GraphBuilder, Value } from './graph.ts';

/** Numbers that are not yet part of a graph, e.g. weights. */
export interface RecordedConstant extends FloatTensor {
  /** What they are to be called in the file. */
  readonly name?: string;
  /** `pytorch`: a weight whose data lie as in a checkpoint, which is ONNX's order too; `shape` is still ours. */
  readonly layout?: 'pytorch';
}

/**
 * What stands for a tensor while a graph is recorded: its logical shape (images NHWC, as everywhere else), and either a
 * value of the graph (images NCHW, as ONNX wants them) or numbers that are not yet part of it.
 */
export type Recorded = { readonly shape: readonly number[]; readonly value: Value } | RecordedConstant;

type Attributes = Readonly<Record<string, Attribute>>;
type Shape = readonly number[];

/** A graph with the two views of a tensor: ours outside, ONNX's inside. */
export interface Recorder {
  readonly graph: GraphBuilder;
  /** Makes a constant part of the graph; an image in NCHW. */
  toValue(x: Recorded): Value;
  /** A weight in PyTorch's layout. @throws {TypeError} for a value that is computed */
  kernel(weight: Recorded): Value;
  nodes(type: string, inputs: readonly (Value | null)[], shapes: readonly Shape[], attributes?: Attributes): Recorded[];
  node(type: string, inputs: readonly (Value | null)[], shape: Shape, attributes?: Attributes): Recorded;
  scalar(value: number): Value;
}

export function recorder(graph: GraphBuilder): Recorder {
  const toValue: Recorder['toValue'] = (x) =>
    'value' in x ? x.value : graph.constant(x.shape.length === 4 ? channelsFirst(x) : x.data, dimsOf(x.shape), x.name);
  const nodes: Recorder['nodes'] = (type, inputs, shapes, attributes) =>
    graph.node(type, inputs, shapes.map(dimsOf), attributes).map((value, i) => ({ shape: shapes[i]!, value }));
  return {
    graph,
    toValue,
    kernel(weight) {
      const { shape, name } = asConstant(weight);
      return graph.constant(pytorchData(asConstant(weight)), pytorchShape(shape), name);
    },
    nodes,
    node: (type, inputs, shape, attributes) => nodes(type, inputs, [shape], attributes)[0]!,
    scalar: (value) => graph.constant(Float32Array.of(value), []),
  };
}

/** @throws {TypeError} for a value that is computed */
export function asConstant(weight: Recorded): RecordedConstant {
  if ('data' in weight) return weight;
  throw new TypeError('onnxOps: expected the weights of a layer as constants, got graph values');
}

/** A weight's numbers in PyTorch's layout. */
export function pytorchData({ shape, data, layout }: RecordedConstant): Float32Array {
  return layout === 'pytorch' ? data : toPytorchFloats(data, shape);
}

/** Logical shape -> ONNX's: NHWC becomes NCHW, everything else stays. */
export function dimsOf(shape: Shape): Shape {
  if (shape.length !== 4) return shape;
  const [n, h, w, c] = shape as [number, number, number, number];
  return [n, c, h, w];
}

export function onnxAxis(axis: number, rank: number): number {
  return rank === 4 ? [0, 2, 3, 1][axis]! : axis;
}

/** Numbers of `[n, h, w, c]` in NCHW order. */
function channelsFirst({ shape, data }: FloatTensor): Float32Array {
  const [, h, w, c] = shape as [number, number, number, number];
  const pixels = h * w;
  return data.map((_, i) => {
    const inImage = i % (pixels * c);
    return data[i - inImage + (inImage % pixels) * c + Math.floor(inImage / pixels)]!;
  });
}
