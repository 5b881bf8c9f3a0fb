import { gather, rowMajorStrides } from './strided.ts';

/**
 * Shape in PyTorch's layout of a weight in ours: a dense `[in, out]` is its 1x1 convolution `[out, in, 1, 1]`, a linear
 * layer `[1, in, out]` is `[out, in]`, a convolution `[height, width, in, out]` is `[out, in, height, width]`, anything
 * else is the same in both.
 */
export function pytorchShape(shape: readonly number[]): number[] {
  if (shape.length === 2) return [shape[1]!, shape[0]!, 1, 1];
  if (shape.length === 3) return [shape[2]!, shape[1]!];
  if (shape.length === 4) return [shape[3]!, shape[2]!, shape[0]!, shape[1]!];
  return [...shape];
}

/** Reorders a weight from PyTorch's layout into ours, byte for byte. @param shape in our layout */
export function fromPytorchLayout(bytes: Uint8Array, itemSize: number, shape: readonly number[]): Uint8Array {
  if (shape.length === 3) return fromPytorchLayout(bytes, itemSize, shape.slice(1));
  const strides = rowMajorStrides(pytorchShape(shape));
  if (shape.length === 2) return gather(bytes, itemSize, { shape, strides: [strides[1]!, strides[0]!], offset: 0 });
  if (shape.length !== 4) return bytes.slice();
  return gather(bytes, itemSize, { shape, strides: [2, 3, 1, 0].map((axis) => strides[axis]!), offset: 0 });
}

/** Reorders a weight from our layout into PyTorch's, byte for byte. @param shape in our layout */
export function toPytorchLayout(bytes: Uint8Array, itemSize: number, shape: readonly number[]): Uint8Array {
  if (shape.length === 3) return toPytorchLayout(bytes, itemSize, shape.slice(1));
  const strides = rowMajorStrides(shape);
  const target = pytorchShape(shape);
  if (shape.length === 2) {
    return gather(bytes, itemSize, { shape: target, strides: [strides[1]!, strides[0]!, 0, 0], offset: 0 });
  }
  if (shape.length !== 4) return bytes.slice();
  return gather(bytes, itemSize, { shape: target, strides: [3, 2, 0, 1].map((axis) => strides[axis]!), offset: 0 });
}

/** `fromPytorchLayout` of float32 numbers. @param shape in our layout */
export function fromPytorchFloats(data: Float32Array, shape: readonly number[]): Float32Array {
  const bytes = fromPytorchLayout(bytesOf(data), 4, shape);
  return new Float32Array(bytes.buffer as ArrayBuffer);
}

/** `toPytorchLayout` of float32 numbers. @param shape in our layout */
export function toPytorchFloats(data: Float32Array, shape: readonly number[]): Float32Array {
  const bytes = toPytorchLayout(bytesOf(data), 4, shape);
  return new Float32Array(bytes.buffer as ArrayBuffer);
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
