import { bodyMorpherSpec, faceMorpherSpec, type Spec, type StudentConfig, student } from '@tha4/core';
import { tfjsOps } from '@tha4/core/tfjs';
import { assertClose, hashUniform } from '@tha4/test-utils';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { publishedStudent } from './published-student.ts';

const SMALL: StudentConfig = {
  face: { imageSize: 4, poseSize: 39, widths: [6, 5] },
  body: {
    poseSize: 45,
    levels: [
      { size: 8, widths: [9, 8] },
      { size: 16, widths: [7, 6] },
    ],
  },
  faceTop: 3,
  faceLeft: 7,
};

function tensors(spec: Spec): Map<string, tf.Tensor> {
  return new Map([...spec].map(([key, shape]) => [key, uniform(key, shape, 0.1 / Math.sqrt(shape[0]!))]));
}

function uniform(key: string, shape: readonly number[], scale: number): tf.Tensor {
  const count = shape.reduce((product, size) => product * size, 1);
  return tf.tensor(
    Float32Array.from(hashUniform(key, count), (x) => x * scale),
    [...shape],
  );
}

it("paints what core's student paints, to rounding", async () => {
  await tf.setBackend('wasm');
  const params = { face: tensors(faceMorpherSpec(SMALL.face)), body: tensors(bodyMorpherSpec(SMALL.body)) };
  const image = uniform('image', [1, 16, 16, 4], 1);
  const pose = uniform('pose', [1, 45], 1);
  const ours = student<tf.Tensor>(tfjsOps(), SMALL, params, image, pose).blended;
  const published = publishedStudent<tf.Tensor>(tfjsOps(), SMALL, params, image, pose);
  expect(published.shape).toEqual([1, 16, 16, 4]);
  assertClose(await published.data(), await ours.data(), { atol: 1e-4 });
  const other = publishedStudent<tf.Tensor>(tfjsOps(), { ...SMALL, faceLeft: 8 }, params, image, pose);
  expect(() => assertClose(other.dataSync(), ours.dataSync(), { atol: 1e-4 })).toThrow(/differ/);
});
