import * as tf from '@tensorflow/tfjs-core';
import { imageToModel, modelToImage, type Ops, readCharacter, studentImageSize } from '@tha4/core';
import { tfjsOps, uploadWeights } from '@tha4/core/tfjs';
import { publishedStudent } from '../networks/published-student.ts';
import type { Painter, ReadFile } from './painter.ts';

/**
 * The published graph on tfjs's current backend, operator by operator and with tfjs's own sine, as the published demos
 * run it. Its frames are made into 8-bit sRGB, as ours are.
 */
export async function publishedPainter(read: ReadFile): Promise<Painter> {
  await tf.ready();
  const { config, face, body, image } = readCharacter(await read('character.tha'), 'character.tha');
  const size = studentImageSize(config);
  const plain = tfjsOps();
  const ops: Ops<tf.Tensor> = {
    ...plain,
    sineDense: (x, weight, bias, omega) => tf.tidy(() => tf.sin(tf.mul(plain.dense(x, weight, bias), omega))),
  };
  const params = { face: uploadWeights(face), body: uploadWeights(body) };
  const picture: tf.Tensor = tf.tensor4d(imageToModel(image), [1, size, size, 4]);
  return {
    engine: `tfjs ${tf.version_core} ${tf.getBackend()}, published graph`,
    paint: async (pose) => {
      const start = performance.now();
      const frame = tf.tidy(() => publishedStudent(ops, config, params, picture, tf.tensor2d(pose, [1, pose.length])));
      modelToImage((await frame.data()) as Float32Array, size, size);
      frame.dispose();
      return performance.now() - start;
    },
  };
}
