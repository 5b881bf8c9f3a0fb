import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { BackendError, type Character, imageToModel, student, studentImageSize } from '@tha4/core';
import { disposeParams, tfjsOps, uploadWeights } from '@tha4/core/tfjs';
import type { Painter } from './painter.ts';

/** Runs the student layer by layer on TensorFlow.js' wasm backend, which needs no binary. @throws {BackendError} */
export async function createTfjsPainter(character: Character): Promise<Painter> {
  if (!(await tf.setBackend('wasm'))) {
    throw new BackendError('TensorFlow.js: expected its wasm backend to start, got a failure; is this Node too old?');
  }
  await tf.ready();
  const { config } = character;
  const size = studentImageSize(config);
  const params = { face: uploadWeights(character.face), body: uploadWeights(character.body) };
  const image = tf.tensor4d(imageToModel(character.image), [1, size, size, 4]);
  return {
    engine: `TensorFlow.js ${tf.version_core} (wasm)`,
    paint: async (pose) => {
      const frame = tf.tidy(
        () => student<tf.Tensor>(tfjsOps(), config, params, image, tf.tensor2d(pose, [1, pose.length])).blended,
      );
      const pixels = (await frame.data()) as Float32Array;
      frame.dispose();
      return pixels;
    },
    dispose: async () => {
      disposeParams(params.face);
      disposeParams(params.body);
      image.dispose();
    },
  };
}
