import type { Modulation } from '../ops/inference-ops.ts';
import type { Value } from './graph.ts';
import { asConstant, dimsOf, type Recorded, type Recorder } from './recorder.ts';

/** Source: PyTorch's default, which all networks keep. */
const EPSILON = 1e-5;

/**
 * See `InferenceOps.groupNorm`. Not InstanceNormalization: onnxruntime's CPU provider adds a whole group's squares up in
 * a few float32 numbers, and over the even background of a picture that puts the body morpher's flow nine times outside
 * the golden limits. Here rows are summed first, then their sums. Weight, bias and modulation are joined while they are
 * one number a channel.
 */
export function onnxGroupNorm(
  { toValue, node, graph, scalar }: Recorder,
  x: Recorded,
  groups: number,
  weight: Recorded,
  bias: Recorded,
  modulation?: Modulation<Recorded>,
): Recorded {
  const [n, h, w, c] = x.shape as [number, number, number, number];
  const size = c / groups;
  const one = (type: string, inputs: Value[], dims: readonly number[], attributes = {}): Value =>
    graph.node(type, inputs, [dims], attributes)[0]!;
  const reshape = (value: Value, dims: readonly number[]): Value =>
    one('Reshape', [value, graph.constant(dims, [dims.length])], dims);

  const rows = [n, groups, size * h, w];
  const perRow = [n, groups, size * h, 1];
  const perGroup = [n, groups, 1, 1];
  const meanOfRows = (value: Value): Value => one('ReduceMean', [value], perGroup, { axes: [2] });
  const grouped = size === 1 ? toValue(x) : reshape(toValue(x), rows);
  const mean = meanOfRows(one('ReduceMean', [grouped], perRow, { axes: [3] }));
  const centred = one('Sub', [grouped, mean], rows);
  const squares = meanOfRows(one('ReduceSumSquare', [centred], perRow, { axes: [3] }));
  const variance = one('Div', [squares, scalar(w)], perGroup);
  const deviation = one('Sqrt', [one('Add', [variance, scalar(EPSILON)], perGroup)], perGroup);

  const perChannel = [n, groups, size, 1];
  const vector = (tensor: Recorded, dims: readonly number[]): Value => {
    const { data, name } = asConstant(tensor);
    return graph.constant(data, dims, name);
  };
  let scale = one('Div', [vector(weight, [1, groups, size, 1]), deviation], perChannel);
  if (size > 1) scale = reshape(scale, [n, c, 1, 1]);
  let shift = vector(bias, [1, c, 1, 1]);
  if (modulation !== undefined) {
    const dims = [n, c, 1, 1];
    const factor = one('Add', [toValue(modulation.scale), scalar(1)], dims);
    scale = one('Mul', [scale, factor], dims);
    shift = one('Add', [one('Mul', [shift, factor], dims), toValue(modulation.shift)], dims);
  }
  const whole = size === 1 ? centred : reshape(centred, dimsOf(x.shape));
  return node('Add', [one('Mul', [whole, scale], dimsOf(x.shape)), shift], x.shape);
}
