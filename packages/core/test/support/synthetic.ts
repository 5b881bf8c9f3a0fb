import { hashUniform } from '@tha4/test-utils';
import type { FloatTensor, Spec, Weights } from '../../src/checkpoint/stored-tensor.ts';
import { bodyMorpherSpec } from '../../src/models/body-morpher.ts';
import { faceMorpherSpec } from '../../src/models/face-morpher.ts';
import type { StudentConfig } from '../../src/models/student.ts';

/** A student of the paper's form that computes in milliseconds. */
export const TINY_STUDENT: StudentConfig = {
  face: { imageSize: 4, poseSize: 39, widths: [6, 5] },
  body: {
    poseSize: 45,
    levels: [
      { size: 4, widths: [9, 8] },
      { size: 8, widths: [7, 6] },
      { size: 16, widths: [6] },
    ],
  },
  faceTop: 3,
  faceLeft: 7,
};

export interface SyntheticStudent {
  readonly face: Weights;
  readonly body: Weights;
  /** `[1, 16, 16, 4]` */
  readonly image: FloatTensor;
  /** `[1, 45]` */
  readonly pose: FloatTensor;
  /** The last two, under the names of an ONNX student's inputs. */
  readonly inputs: { readonly image: FloatTensor; readonly pose: FloatTensor };
}

/** Weights, picture and pose from the integer hash: the same in every run and on every machine. */
export function syntheticStudent(): SyntheticStudent {
  const inputs = { image: uniform('image', [1, 16, 16, 4], 1), pose: uniform('pose', [1, 45], 1) };
  return {
    face: weights('face', faceMorpherSpec(TINY_STUDENT.face)),
    body: weights('body', bodyMorpherSpec(TINY_STUDENT.body)),
    ...inputs,
    inputs,
  };
}

function weights(name: string, spec: Spec): Weights {
  // As wide as SIREN's initialisation (sqrt(6 / n) / 30): wider ones amplify rounding from layer to layer.
  return new Map([...spec].map(([key, shape]) => [key, uniform(`${name}/${key}`, shape, 0.1 / Math.sqrt(shape[0]!))]));
}

function uniform(key: string, shape: readonly number[], scale: number): FloatTensor {
  const count = shape.reduce((product, size) => product * size, 1);
  return { shape, data: Float32Array.from(hashUniform(key, count), (value) => scale * value) };
}
