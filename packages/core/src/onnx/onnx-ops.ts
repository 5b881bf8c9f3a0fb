import type { FloatTensor } from '../checkpoint/stored-tensor.ts';
import { ShapeError } from '../errors.ts';
import type { Ops } from '../ops/ops.ts';
import type { Attribute, GraphBuilder, Value } from './graph.ts';

/**
 * What stands for a tensor while a graph is recorded: its logical shape (images NHWC, as everywhere else), and either a
 * value of the graph (images NCHW, as ONNX wants them) or numbers that are not yet part of it.
 */
export type Recorded =
  | { readonly shape: readonly number[]; readonly value: Value }
  | (FloatTensor & { readonly name?: string });

/**
 * The recording executor: runs a network once and leaves its nodes in `graph`. Batches of one are meant.
 *
 * @param reduceSine see `OnnxExportOptions`
 */
export function onnxOps(graph: GraphBuilder, reduceSine: boolean): Ops<Recorded> {
  const toValue = (x: Recorded): Value =>
    'value' in x ? x.value : graph.constant(x.shape.length === 4 ? channelsFirst(x) : x.data, dimsOf(x.shape), x.name);

  const nodes = (
    type: string,
    inputs: readonly (Value | null)[],
    shapes: readonly (readonly number[])[],
    attributes?: Readonly<Record<string, Attribute>>,
  ): Recorded[] =>
    graph.node(type, inputs, shapes.map(dimsOf), attributes).map((value, i) => ({ shape: shapes[i]!, value }));

  const node = (
    type: string,
    inputs: readonly (Value | null)[],
    shape: readonly number[],
    attributes?: Readonly<Record<string, Attribute>>,
  ): Recorded => nodes(type, inputs, [shape], attributes)[0]!;

  const elementwise =
    (type: string) =>
    (a: Recorded, b: Recorded): Recorded => {
      const shape = a.shape.map((size, axis) => Math.max(size, b.shape[axis]!));
      return node(type, [toValue(a), toValue(b)], shape);
    };

  const join = (parts: readonly Recorded[], axis: number): Recorded => {
    const total = parts.reduce((sum, part) => sum + part.shape[axis]!, 0);
    const [first] = parts as [Recorded];
    const shape = first.shape.map((size, i) => (i === axis ? total : size));
    return node('Concat', parts.map(toValue), shape, { axis: onnxAxis(axis, shape.length) });
  };

  /** A 1x1 convolution with `scale (x W + b)`; the factor goes into the constants. */
  const scaledDense = (x: Recorded, weight: Recorded, bias: Recorded | null, scale: number): Recorded => {
    if (!('data' in weight && (bias === null || 'data' in bias))) {
      throw new TypeError('onnxOps: expected the weight and bias of a dense layer as constants, got graph values');
    }
    const [ins, outs] = weight.shape as [number, number];
    if (x.shape.length !== 4 || x.shape[3] !== ins)
      throw new ShapeError('onnxOps: dense', [1, null, null, ins], x.shape);
    const kernel = new Float32Array(ins * outs).map(
      (_, i) => scale * weight.data[(i % ins) * outs + Math.floor(i / ins)]!,
    );
    const inputs = [toValue(x), graph.constant(kernel, [outs, ins, 1, 1], weight.name)];
    if (bias !== null) {
      const offset = bias.data.map((value) => scale * value);
      inputs.push(graph.constant(offset, [outs], bias.name));
    }
    return node('Conv', inputs, [...x.shape.slice(0, 3), outs], { kernel_shape: [1, 1] });
  };

  const slice = (x: Recorded, top: number, left: number, height: number, width: number): Recorded => {
    const starts = graph.constant([top, left], [2]);
    const ends = graph.constant([top + height, left + width], [2]);
    const shape = [x.shape[0]!, height, width, x.shape[3]!];
    return node('Slice', [toValue(x), starts, ends, graph.constant([2, 3], [2])], shape);
  };

  const scalar = (value: number): Value => graph.constant(Float32Array.of(value), []);

  /** Sine of an argument in radians; in turns where it is to be reduced. */
  const sineOf = (x: Recorded): Recorded => {
    if (!reduceSine) return node('Sin', [toValue(x)], x.shape);
    const rest = node('Sub', [toValue(x), toValue(node('Round', [toValue(x)], x.shape))], x.shape);
    return node('Sin', [toValue(node('Mul', [toValue(rest), scalar(2 * Math.PI)], x.shape))], x.shape);
  };

  return {
    tidy: (body) => body(),
    constant: (data, shape) => ({ data, shape }),
    shape: (x) => x.shape,
    concat: (parts) => join(parts, parts[0]!.shape.length - 1),
    split(x, sizes) {
      const last = x.shape.length - 1;
      const shapes = sizes.map((size) => x.shape.map((all, axis) => (axis === last ? size : all)));
      const inputs = [toValue(x), graph.constant(sizes, [sizes.length])];
      return nodes('Split', inputs, shapes, { axis: onnxAxis(last, x.shape.length) });
    },
    add: elementwise('Add'),
    sub: elementwise('Sub'),
    mul: elementwise('Mul'),
    dense: (x, weight, bias) => scaledDense(x, weight, bias, 1),
    matrixRows(weight, begin, count) {
      if (!('data' in weight)) throw new TypeError('onnxOps: expected a weight as a constant, got a graph value');
      const outs = weight.shape[1]!;
      const data = weight.data.slice(begin * outs, (begin + count) * outs);
      const name = `${weight.name ?? 'weight'}[${begin}:${begin + count}]`;
      return { shape: [count, outs], data, name };
    },
    sine: (x, omega) => sineOf(node('Mul', [toValue(x), scalar(reduceSine ? omega / (2 * Math.PI) : omega)], x.shape)),
    sineDense: (x, weight, bias, omega) =>
      sineOf(scaledDense(x, weight, bias, reduceSine ? omega / (2 * Math.PI) : omega)),
    poseImage(pose, height, width) {
      const [n, p] = pose.shape as [number, number];
      const pixel = node('Reshape', [toValue(pose), graph.constant([n, p, 1, 1], [4])], [n, 1, 1, p]);
      return node('Expand', [toValue(pixel), graph.constant([n, p, height, width], [4])], [n, height, width, p]);
    },
    repeatBatch(x, n) {
      if (n === 1) return x;
      const shape = [n, ...x.shape.slice(1)];
      return node('Expand', [toValue(x), graph.constant(dimsOf(shape), [shape.length])], shape);
    },
    resizeBilinear(x, height, width) {
      const shape = [x.shape[0]!, height, width, x.shape[3]!];
      return node('Resize', [toValue(x), null, null, graph.constant(dimsOf(shape), [4])], shape, {
        mode: 'linear',
        coordinate_transformation_mode: 'half_pixel',
      });
    },
    gridSample(image, grid) {
      const [n, height, width] = grid.shape as [number, number, number];
      // GridSample wants its grid NHWC.
      const [positions] = graph.node('Transpose', [toValue(grid)], [[n, height, width, 2]], { perm: [0, 2, 3, 1] });
      return node('GridSample', [toValue(image), positions!], [n, height, width, image.shape[3]!], {
        mode: 'bilinear',
        padding_mode: 'border',
        align_corners: 0,
      });
    },
    crop: slice,
    paste(base, patch, top, left) {
      const [, height, width] = base.shape as [number, number, number];
      const [, rows, columns] = patch.shape as [number, number, number];
      // Pieces of no size are left out: some providers refuse them.
      const beside = (from: number, to: number): Recorded[] =>
        to > from ? [slice(base, top, from, rows, to - from)] : [];
      const band = (from: number, to: number): Recorded[] =>
        to > from ? [slice(base, from, 0, to - from, width)] : [];
      const middle = join([...beside(0, left), patch, ...beside(left + columns, width)], 2);
      return join([...band(0, top), middle, ...band(top + rows, height)], 1);
    },
  };
}

/** Logical shape -> ONNX's: NHWC becomes NCHW, everything else stays. */
function dimsOf(shape: readonly number[]): readonly number[] {
  if (shape.length !== 4) return shape;
  const [n, h, w, c] = shape as [number, number, number, number];
  return [n, c, h, w];
}

function onnxAxis(axis: number, rank: number): number {
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
