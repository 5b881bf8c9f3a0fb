import { pytorchShape } from '../checkpoint/dense-layout.ts';
import type { InferenceOps } from '../ops/inference-ops.ts';
import type { Value } from './graph.ts';
import { onnxAttention } from './onnx-attention.ts';
import { onnxGroupNorm } from './onnx-group-norm.ts';
import { asConstant, type Recorded, type RecordedConstant, type Recorder } from './recorder.ts';

/** The recording executor's half of `InferenceOps`. */
export function onnxInferenceOps(recorder: Recorder): InferenceOps<Recorded> {
  const { toValue, kernel, node } = recorder;
  const unary =
    (type: string) =>
    (x: Recorded): Recorded =>
      node(type, [toValue(x)], x.shape);
  const sigmoid = unary('Sigmoid');
  const convolve = (
    x: Recorded,
    weight: Recorded,
    bias: Recorded | null,
    stride: 1 | 2,
    outs: number,
    group: number,
  ) => {
    const [n, h, w] = x.shape as [number, number, number];
    const k = weight.shape[0]!;
    const padding = (k - 1) >> 1;
    const size = (side: number): number => Math.floor((side + 2 * padding - k) / stride) + 1;
    const inputs: Value[] = [toValue(x), kernel(weight), ...(bias === null ? [] : [toValue(bias)])];
    return node('Conv', inputs, [n, size(h), size(w), outs], {
      kernel_shape: [k, k],
      strides: [stride, stride],
      pads: [padding, padding, padding, padding],
      group,
    });
  };
  const transpose = (x: Recorded, weight: Recorded, outs: number, group: number): Recorded => {
    const [n, h, w] = x.shape as [number, number, number];
    return node('ConvTranspose', [toValue(x), kernel(weight)], [n, 2 * h, 2 * w, outs], {
      kernel_shape: [4, 4],
      strides: [2, 2],
      pads: [1, 1, 1, 1],
      group,
    });
  };
  return {
    conv2d: (x, weight, bias, stride) => convolve(x, weight, bias, stride, weight.shape[3]!, 1),
    depthwiseConv2d: (x, weight, stride) => convolve(x, weight, null, stride, x.shape[3]!, x.shape[3]!),
    convTranspose2d: (x, weight) => transpose(x, weight, weight.shape[2]!, 1),
    depthwiseConvTranspose2d: (x, weight) => transpose(x, weight, x.shape[3]!, x.shape[3]!),
    weightPart: (weight, axis, begin, count) => part(asConstant(weight), axis, begin, count),
    groupNorm: (x, groups, weight, bias, modulation) => onnxGroupNorm(recorder, x, groups, weight, bias, modulation),
    relu: unary('Relu'),
    leakyRelu: (x, slope) => node('LeakyRelu', [toValue(x)], x.shape, { alpha: { float: slope } }),
    sigmoid,
    tanh: unary('Tanh'),
    silu: (x) => node('Mul', [toValue(x), toValue(sigmoid(x))], x.shape),
    halve(x) {
      const [n, h, w, c] = x.shape as [number, number, number, number];
      return node('AveragePool', [toValue(x)], [n, h / 2, w / 2, c], { kernel_shape: [2, 2], strides: [2, 2] });
    },
    doubleNearest(x) {
      const [n, h, w, c] = x.shape as [number, number, number, number];
      const sizes = recorder.graph.constant([n, c, 2 * h, 2 * w], [4]);
      return node('Resize', [toValue(x), null, null, sizes], [n, 2 * h, 2 * w, c], {
        mode: 'nearest',
        coordinate_transformation_mode: 'asymmetric',
        nearest_mode: 'floor',
      });
    },
    attention: (query, key, value, heads) => onnxAttention(recorder, query, key, value, heads),
  };
}

/** Which axis of PyTorch's layout is an axis of ours. */
const PYTORCH_AXIS: Readonly<Record<number, readonly number[]>> = { 1: [0], 2: [1, 0], 4: [2, 3, 1, 0] };

function part(weight: RecordedConstant, axis: number, begin: number, count: number): RecordedConstant {
  const isPytorch = weight.layout === 'pytorch';
  const dims = isPytorch ? pytorchShape(weight.shape) : weight.shape;
  const cut = isPytorch ? PYTORCH_AXIS[weight.shape.length]![axis]! : axis;
  const inner = dims.slice(cut + 1).reduce((product, size) => product * size, 1);
  const step = dims[cut]! * inner;
  const data = new Float32Array((weight.data.length / dims[cut]!) * count);
  for (let from = begin * inner, to = 0; from < weight.data.length; from += step, to += count * inner) {
    data.set(weight.data.subarray(from, from + count * inner), to);
  }
  const shape = weight.shape.map((size, i) => (i === axis ? count : size));
  return { ...weight, shape, data, name: `${weight.name ?? 'weight'}[${begin}:${begin + count}]` };
}
