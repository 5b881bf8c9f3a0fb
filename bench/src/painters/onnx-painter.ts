import { modelToImage } from '@tha4/core';
import type { InferenceSession, Tensor } from 'onnxruntime-common';
import type { Graph } from '../count/layered-work.ts';
import type { Painter, ReadFile } from './painter.ts';

/** What onnxruntime's packages have in common. */
export interface OnnxRuntime {
  readonly InferenceSession: typeof InferenceSession;
  readonly Tensor: typeof Tensor;
}

/** onnxruntime on an exported student. Its frames are made into 8-bit sRGB, as ours are. */
export async function onnxPainter(
  { InferenceSession, Tensor }: OnnxRuntime,
  engine: string,
  options: InferenceSession.SessionOptions,
  graph: Graph,
  read: ReadFile,
): Promise<Painter> {
  const session = await InferenceSession.create(await read(`${graph}.onnx`), options);
  const picture = new Float32Array((await read('picture.f32')).slice().buffer);
  const size = Math.sqrt(picture.length / 4);
  const image = new Tensor('float32', picture, [1, 4, size, size]);
  return {
    engine,
    paint: async (pose) => {
      const start = performance.now();
      const { blended } = await session.run({ image, pose: new Tensor('float32', pose, [1, pose.length]) }, [
        'blended',
      ]);
      modelToImage(channelsLast((await blended!.getData()) as Float32Array), size, size);
      return performance.now() - start;
    },
  };
}

/** `[4, pixels]` as `[pixels, 4]`. */
function channelsLast(data: Float32Array): Float32Array {
  const pixels = data.length / 4;
  const result = new Float32Array(data.length);
  for (let at = 0; at < pixels; at++) {
    for (let channel = 0; channel < 4; channel++) result[at * 4 + channel] = data[channel * pixels + at]!;
  }
  return result;
}
