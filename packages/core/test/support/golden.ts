import { readShared } from '@tha4/test-utils';
import { toFloat32 } from '../../src/checkpoint/dtype.ts';
import { readSafetensors } from '../../src/checkpoint/safetensors.ts';
import type { FloatTensor, Spec, Weights } from '../../src/checkpoint/stored-tensor.ts';
import { weightsFromCheckpoint } from '../../src/checkpoint/weights.ts';

/** A safetensors file of the golden data. Its images are NCHW. */
export interface Golden {
  readonly keys: readonly string[];
  readonly metadata: ReadonlyMap<string, string>;
  has(key: string): boolean;
  /** As stored. */
  floats(key: string): FloatTensor;
  /** `[n, c, h, w]` moved to `[n, h, w, c]`. */
  image(key: string): FloatTensor;
  /** Weight of a 1x1 convolution `[out, in, 1, 1]` moved to `[in, out]`. */
  linear(key: string): FloatTensor;
  /** `[p, 2]` int32 positions. */
  ints(key: string): Int32Array;
  /** Tensors whose names begin with `prefix`, matched against a network and in its layout. */
  weights(prefix: string, spec: Spec): Weights;
}

export function readGolden(path: string): Golden {
  const { tensors, metadata } = readSafetensors(readShared(`golden/${path}`), path);
  const find = (key: string) => {
    const tensor = tensors.get(key);
    if (tensor === undefined) throw new RangeError(`${path}: expected a tensor '${key}', got none`);
    return tensor;
  };
  const floats = (key: string): FloatTensor => ({ shape: find(key).shape, data: toFloat32(find(key), key) });
  return {
    keys: [...tensors.keys()],
    metadata,
    has: (key) => tensors.has(key),
    floats,
    image: (key) => channelsLast(floats(key)),
    linear: (key) => {
      const { shape, data } = floats(key);
      const [out, ins] = shape as [number, number];
      return { shape: [ins, out], data: swapped(data, out, ins) };
    },
    ints: (key) => new Int32Array(find(key).bytes.slice().buffer),
    weights: (prefix, spec) => {
      const own = [...tensors].filter(([key]) => key.startsWith(prefix));
      return weightsFromCheckpoint(new Map(own.map(([key, tensor]) => [key.slice(prefix.length), tensor])), spec, path);
    },
  };
}

/** `[n, c, h, w]` -> `[n, h, w, c]`. */
export function channelsLast({ shape, data }: FloatTensor): FloatTensor {
  const [n, c, h, w] = shape as [number, number, number, number];
  return { shape: [n, h, w, c], data: swapped(data, c, h * w) };
}

/** `[n, h, w, c]` -> `[n, c, h, w]`. */
export function channelsFirst({ shape, data }: FloatTensor): FloatTensor {
  const [n, h, w, c] = shape as [number, number, number, number];
  return { shape: [n, c, h, w], data: swapped(data, h * w, c) };
}

/** `[..., rows, columns]` -> `[..., columns, rows]`. */
function swapped(data: Float32Array, rows: number, columns: number): Float32Array {
  const size = rows * columns;
  return data.map((_, i) => {
    const inImage = i % size;
    return data[i - inImage + (inImage % rows) * columns + Math.floor(inImage / rows)]!;
  });
}
