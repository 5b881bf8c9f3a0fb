import { type Ops, ShapeError } from '@tha4/core';
import { type CountKernel, countingInferenceOps } from './counting-inference-ops.ts';
import { NO_WORK, sumWork, type Work } from './work.ts';

/** What stands for a tensor while operators are counted. */
export interface Counted {
  readonly shape: readonly number[];
}

/** An executor that computes nothing and counts everything; see `countingOps`. */
export interface Counter {
  readonly ops: Ops<Counted>;
  /** What has been asked for so far. */
  readonly work: () => Work;
}

/**
 * The counting executor: runs a network on shapes alone. Every operator is a kernel of its own, as in engines that run
 * a network layer by layer; a dense layer with a sine is two.
 */
export function countingOps(): Counter {
  const done: Work[] = [];
  const kernel: CountKernel = (inputs, shape, more = {}) => {
    const touched = [...inputs.map((input) => elements(input.shape)), elements(shape)];
    done.push({ ...NO_WORK, bytes: 4 * touched.reduce((sum, count) => sum + count, 0), ...more });
    return { shape };
  };
  const dense = (x: Counted, weight: Counted, bias: Counted | null): Counted => {
    const [ins, outs] = weight.shape as [number, number];
    if (x.shape.at(-1) !== ins) throw new ShapeError('countingOps: dense', [null, ins], x.shape);
    const shape = [...x.shape.slice(0, -1), outs];
    const inputs = bias === null ? [x, weight] : [x, weight, bias];
    return kernel(inputs, shape, { multiplyAdds: elements(x.shape) * outs });
  };
  const sine = (x: Counted): Counted => kernel([x], x.shape, { sines: elements(x.shape) });
  const elementwise = (a: Counted, b: Counted): Counted =>
    kernel(
      [a, b],
      a.shape.map((size, axis) => Math.max(size, b.shape[axis]!)),
    );
  const ops: Ops<Counted> = {
    tidy: (body) => body(),
    constant: (_, shape) => ({ shape }),
    shape: (x) => x.shape,
    concat: (parts) =>
      kernel(parts, [...parts[0]!.shape.slice(0, -1), parts.reduce((sum, { shape }) => sum + shape.at(-1)!, 0)]),
    split: (x, sizes) => {
      kernel([], x.shape, { bytes: 8 * elements(x.shape) });
      return sizes.map((size) => ({ shape: [...x.shape.slice(0, -1), size] }));
    },
    add: elementwise,
    sub: elementwise,
    mul: elementwise,
    dense,
    matrixRows: (weight, _, count) => ({ shape: [count, weight.shape[1]!] }),
    sine,
    sineDense: (x, weight, bias) => sine(dense(x, weight, bias)),
    poseImage: (pose, height, width) => kernel([pose], [pose.shape[0]!, height, width, pose.shape[1]!]),
    repeatBatch: (x, n) => (n === 1 ? x : kernel([x], [n, ...x.shape.slice(1)])),
    resizeBilinear: (x, height, width) => kernel([x], [x.shape[0]!, height, width, x.shape[3]!]),
    gridSample: (image, grid) => kernel([image, grid], [...grid.shape.slice(0, 3), image.shape[3]!]),
    crop: (x, _top, _left, height, width) => {
      const shape = [x.shape[0]!, height, width, x.shape[3]!];
      return kernel([], shape, { bytes: 8 * elements(shape) });
    },
    paste: (base, patch) => kernel([base, patch], base.shape),
    ...countingInferenceOps(kernel),
  };
  return { ops, work: () => sumWork(done) };
}

function elements(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
