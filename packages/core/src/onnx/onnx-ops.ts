import { ShapeError } from '../errors.ts';
import type { Ops } from '../ops/ops.ts';
import type { GraphBuilder } from './graph.ts';
import { onnxInferenceOps } from './onnx-inference-ops.ts';
import { asConstant, dimsOf, onnxAxis, pytorchData, type Recorded, recorder } from './recorder.ts';

/**
 * The recording executor: runs a network once and leaves its nodes in `graph`. The batch's size becomes part of it.
 *
 * @param reduceSine see `OnnxExportOptions`
 */
export function onnxOps(graph: GraphBuilder, reduceSine: boolean): Ops<Recorded> {
  const own = recorder(graph);
  const { toValue, nodes, node, scalar } = own;

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
    const [ins, outs] = weight.shape as [number, number];
    if (x.shape.length !== 4 || x.shape[3] !== ins)
      throw new ShapeError('onnxOps: dense', [1, null, null, ins], x.shape);
    const unscaled = pytorchData(asConstant(weight));
    const kernel = scale === 1 ? unscaled : unscaled.map((value) => scale * value);
    const inputs = [toValue(x), graph.constant(kernel, [outs, ins, 1, 1], asConstant(weight).name)];
    if (bias !== null) {
      const { data, name } = asConstant(bias);
      inputs.push(graph.constant(scale === 1 ? data : data.map((value) => scale * value), [outs], name));
    }
    return node('Conv', inputs, [...x.shape.slice(0, 3), outs], { kernel_shape: [1, 1] });
  };

  const slice = (x: Recorded, top: number, left: number, height: number, width: number): Recorded => {
    const starts = graph.constant([top, left], [2]);
    const ends = graph.constant([top + height, left + width], [2]);
    const shape = [x.shape[0]!, height, width, x.shape[3]!];
    return node('Slice', [toValue(x), starts, ends, graph.constant([2, 3], [2])], shape);
  };

  /** Sine of an argument in radians; in turns where it is to be reduced. */
  const sineOf = (x: Recorded): Recorded => {
    if (!reduceSine) return node('Sin', [toValue(x)], x.shape);
    const rest = node('Sub', [toValue(x), toValue(node('Round', [toValue(x)], x.shape))], x.shape);
    return node('Sin', [toValue(node('Mul', [toValue(rest), scalar(2 * Math.PI)], x.shape))], x.shape);
  };

  const inference = onnxInferenceOps(own);
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
    matrixRows: (weight, begin, count) => inference.weightPart(weight, 0, begin, count),
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
    ...inference,
  };
}
