import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import {
  FACE_MORPHER,
  type FaceMorpherConfig,
  faceMorpher,
  faceMorpherSpec,
  positionGrid,
  type Weights,
} from '@tha4/core';
import { l1Loss, tfjsOps } from '@tha4/core/tfjs';
import type { KernelVariant } from '@tha4/kernels';
import { FaceTrainer } from '@tha4/teacher/training';
import { hashUniform } from '@tha4/test-utils';
import { createTrainingThread } from './create-training-thread.ts';
import { plainLinear, plainSineLayer } from './plain-tfjs.ts';

/** Something that does one training step at a time. */
export interface StepContestant {
  readonly name: string;
  readonly threads: number;
  /** @returns the loss before the step */
  step(): Promise<number>;
  dispose(): void;
}

/** The paper's face morpher at a quarter of its pixels, so that two poses are a batch of 8192. */
export const CONFIG: FaceMorpherConfig = { ...FACE_MORPHER, imageSize: 64 };
const SIZE = CONFIG.imageSize;
const BATCH = 2;
export const PIXELS: number = BATCH * SIZE * SIZE;

const floats = (key: string, count: number): Float32Array => Float32Array.from(hashUniform(key, count));
const poses = floats('poses', BATCH * CONFIG.poseSize);
const targets = floats('targets', PIXELS * 4);

function startWeights(): Weights {
  let inputs = 0;
  return new Map(
    [...faceMorpherSpec(CONFIG)].map(([key, shape]) => {
      if (shape.length === 2) inputs = shape[0]!;
      const scale = shape.length === 2 ? Math.sqrt(6 / inputs) / 30 : 1 / Math.sqrt(inputs);
      const count = shape.reduce((a, b) => a * b, 1);
      return [key, { shape, data: floats(key, count).map((value) => value * scale) }];
    }),
  );
}

/** Our trainer: gradients of a batch and the update of the weights. */
export async function wasmContestant(variant: KernelVariant, threads: number): Promise<StepContestant> {
  const area = SIZE * SIZE;
  const image = new Float32Array(area * 4);
  const trainer = await FaceTrainer.create({
    config: CONFIG,
    crop: { top: 0, left: 0, height: SIZE, width: SIZE },
    imageSize: SIZE,
    image,
    mask: new Float32Array(area),
    start: startWeights(),
    seed: 1,
    slots: BATCH,
    averageUpdates: 100,
    exact: true,
    variant,
    threads,
    createThread: threads > 1 ? createTrainingThread : null,
    sampling: { kind: 'whole', frames: BATCH },
  });
  for (let slot = 0; slot < BATCH; slot++) {
    const faceMorphed = targets.slice(slot * area * 4, (slot + 1) * area * 4);
    const pose = new Float32Array(45);
    pose.set(poses.subarray(slot * CONFIG.poseSize, (slot + 1) * CONFIG.poseSize));
    trainer.put(slot, { pose, posed: image, warped: image, gridChange: image, faceMorphed });
  }
  return {
    name: `ours, ${variant} SIMD, ${threads} thread${threads === 1 ? '' : 's'}`,
    threads,
    // A rate of 0 keeps the batch's loss comparable; the work is the same.
    step: async () => (await trainer.step({ rate: 0, loss: { full: 1, masked: 0 } })).loss,
    dispose: () => trainer.dispose(),
  };
}

/**
 * `tf.variableGrads` of the same loss of the same network on tfjs-wasm; the update is left out.
 *
 * @param operators `plain`: every pixel through tfjs' own `matMul` and `sin`; `core`: this project's operators for tfjs
 */
export async function tfjsContestant(operators: 'plain' | 'core'): Promise<StepContestant> {
  if (!(await tf.setBackend('wasm'))) throw new Error('bench: expected the tfjs wasm backend, got none');
  const ops = tfjsOps();
  const variables = new Map(
    [...startWeights()].map(([key, { shape, data }]) => [key, tf.variable(tf.tensor(data, [...shape]))]),
  );
  const pose = tf.tensor2d(poses, [BATCH, CONFIG.poseSize]);
  const target = tf.tensor(targets, operators === 'core' ? [BATCH, SIZE, SIZE, 4] : [PIXELS, 4]);
  const inputs = tf.tidy(() => plainInputs(pose));
  const paint = (): tf.Tensor =>
    operators === 'core' ? faceMorpher<tf.Tensor>(ops, CONFIG, variables, pose) : plainFace(inputs, variables);
  return {
    name: `tf.variableGrads, tfjs-wasm, ${operators === 'core' ? "core's" : "tfjs' own"} operators, 1 thread`,
    threads: 1,
    step: async () => {
      const { value, grads } = tf.variableGrads(() => l1Loss(paint(), target), [...variables.values()]);
      const loss = (await value.data())[0]!;
      for (const gradient of Object.values(grads)) await gradient.data();
      tf.dispose([value, grads]);
      return loss;
    },
    dispose: () => tf.dispose([...variables.values(), pose, target, inputs]),
  };
}

/** Position and pose of every pixel, `[pixels, 41]`. */
function plainInputs(pose: tf.Tensor2D): tf.Tensor2D {
  const position = tf.tile(tf.tensor2d(positionGrid(SIZE), [SIZE * SIZE, 2]), [BATCH, 1]);
  const rows = tf.unstack(pose).map((row) => tf.tile(tf.reshape(row, [1, -1]), [SIZE * SIZE, 1]));
  return tf.concat([position, tf.concat(rows, 0)], 1) as tf.Tensor2D;
}

function plainFace(inputs: tf.Tensor2D, variables: ReadonlyMap<string, tf.Tensor>): tf.Tensor {
  const of = (key: string) =>
    [variables.get(`${key}.weight`) as tf.Tensor2D, variables.get(`${key}.bias`) as tf.Tensor1D] as const;
  let x = inputs;
  CONFIG.widths.forEach((_, layer) => {
    x = plainSineLayer(x, ...of(`siren.sine_layers.${layer}.linear`));
  });
  return plainLinear(x, ...of('siren.last_linear'));
}
