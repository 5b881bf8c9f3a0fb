import type { Modulation } from '../ops/inference-ops.ts';
import { asConstant, dimsOf, type Recorded, type Recorder } from './recorder.ts';

/**
 * See `InferenceOps.groupNorm`. ONNX's GroupNormalization came after our opset, so this is InstanceNormalization of
 * the groups; it has the same epsilon by default. Weight, bias and modulation are joined first, where they are small.
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
  const isPlain = groups === c && modulation === undefined;
  if (isPlain) return node('InstanceNormalization', [toValue(x), toValue(weight), toValue(bias)], x.shape);

  const ones = graph.constant(new Float32Array(groups).fill(1), [groups]);
  const zeros = graph.constant(new Float32Array(groups), [groups]);
  const grouped = [n, groups, (h * w * c) / groups];
  const [cut] = graph.node('Reshape', [toValue(x), graph.constant(grouped, [3])], [grouped]);
  const [normal] = graph.node('InstanceNormalization', [cut!, ones, zeros], [grouped]);
  const whole = node('Reshape', [normal!, graph.constant(dimsOf(x.shape), [4])], x.shape);

  const vector = (tensor: Recorded) => {
    const { data, name } = asConstant(tensor);
    return graph.constant(data, [1, c, 1, 1], name);
  };
  let scale = vector(weight);
  let shift = vector(bias);
  if (modulation !== undefined) {
    const shape = [modulation.scale.shape[0]!, 1, 1, c];
    const factor = toValue(node('Add', [toValue(modulation.scale), scalar(1)], shape));
    scale = toValue(node('Mul', [scale, factor], shape));
    const shifted = toValue(node('Mul', [shift, factor], shape));
    shift = toValue(node('Add', [shifted, toValue(modulation.shift)], shape));
  }
  return node('Add', [toValue(node('Mul', [toValue(whole), scale], x.shape)), shift], x.shape);
}
