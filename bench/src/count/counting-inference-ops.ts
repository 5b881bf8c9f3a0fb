import type { InferenceOps } from '@tha4/core';
import type { Counted } from './counting-ops.ts';
import type { Work } from './work.ts';

/** Notes a kernel's work, and returns what stands for its result. */
export type CountKernel = (inputs: readonly Counted[], shape: readonly number[], more?: Partial<Work>) => Counted;

/** The counting executor's half of `InferenceOps`. */
export function countingInferenceOps(kernel: CountKernel): InferenceOps<Counted> {
  const same = (x: Counted): Counted => kernel([x], x.shape);
  const convolve = (x: Counted, weight: Counted, bias: Counted | null, stride: 1 | 2, outs: number, ins: number) => {
    const [n, h, w] = x.shape as [number, number, number];
    const k = weight.shape[0]!;
    const size = (side: number): number => Math.floor((side + 2 * ((k - 1) >> 1) - k) / stride) + 1;
    const pixels = n * size(h) * size(w);
    const inputs = bias === null ? [x, weight] : [x, weight, bias];
    return kernel(inputs, [n, size(h), size(w), outs], { multiplyAdds: pixels * outs * ins * k * k });
  };
  const transpose = (x: Counted, weight: Counted, outs: number, ins: number): Counted => {
    const [n, h, w] = x.shape as [number, number, number];
    return kernel([x, weight], [n, 2 * h, 2 * w, outs], { multiplyAdds: n * h * w * 16 * ins * outs });
  };
  return {
    conv2d: (x, weight, bias, stride) => convolve(x, weight, bias, stride, weight.shape[3]!, weight.shape[2]!),
    depthwiseConv2d: (x, weight, stride) => convolve(x, weight, null, stride, x.shape[3]!, 1),
    convTranspose2d: (x, weight) => transpose(x, weight, weight.shape[2]!, weight.shape[3]!),
    depthwiseConvTranspose2d: (x, weight) => transpose(x, weight, x.shape[3]!, 1),
    weightPart: (weight, axis, _, count) => ({ shape: weight.shape.map((size, i) => (i === axis ? count : size)) }),
    groupNorm: same,
    relu: same,
    leakyRelu: same,
    sigmoid: same,
    tanh: same,
    silu: same,
    halve: (x) => {
      const [n, h, w, c] = x.shape as [number, number, number, number];
      return kernel([x], [n, h / 2, w / 2, c]);
    },
    doubleNearest: (x) => {
      const [n, h, w, c] = x.shape as [number, number, number, number];
      return kernel([x], [n, 2 * h, 2 * w, c]);
    },
    attention: (query, key, value) => {
      const [n, h, w, c] = query.shape as [number, number, number, number];
      return kernel([query, key, value], query.shape, { multiplyAdds: 2 * n * (h * w) ** 2 * c });
    },
  };
}
