import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { FloatTensor } from '../../src/checkpoint/stored-tensor.ts';
import { channelsFirst } from './golden.ts';
import type { Picture } from './networks.ts';

/** An NHWC picture, or a pose, as an onnxruntime tensor. */
export function toOrt(tensor: FloatTensor): Tensor {
  const { shape, data } = tensor.shape.length === 4 ? channelsFirst(tensor) : tensor;
  return new Tensor('float32', data, shape);
}

/** An onnxruntime tensor as it lies, NCHW. */
export function fromOrt({ dims, data }: Tensor): Picture {
  const [n, c, h, w] = dims as [number, number, number, number];
  return { shape: [n, h, w, c], data: data as Float32Array, order: 'NCHW' };
}

/** Runs a model once. */
export async function runModel(
  model: Uint8Array,
  feeds: Readonly<Record<string, Tensor>>,
): Promise<Readonly<Record<string, Tensor>>> {
  const session = await InferenceSession.create(model);
  const results = await session.run(feeds);
  await session.release();
  return results as Readonly<Record<string, Tensor>>;
}
