import * as tf from '@tensorflow/tfjs-core';
import { assertClose, describeShared, readSharedJson } from '@tha4/test-utils';
import { beforeAll, describe, expect, test } from 'vitest';
import type { FloatTensor, Weights } from '../src/checkpoint/stored-tensor.ts';
import { type BodyMorpherConfig, bodyMorpher, bodyMorpherSpec } from '../src/models/body-morpher.ts';
import { type FaceMorpherConfig, faceMorpher, faceMorpherSpec } from '../src/models/face-morpher.ts';
import { disposeParams, l1Loss, tfjsOps, uploadWeights } from '../src/tfjs/index.ts';
import { TFJS_BACKENDS, useBackend } from './support/backends.ts';
import { readGolden } from './support/golden.ts';

const FACE: FaceMorpherConfig = { imageSize: 16, poseSize: 5, widths: [12, 12, 12] };
const BODY: BodyMorpherConfig = {
  poseSize: 5,
  levels: [
    { size: 4, widths: [12, 12, 10] },
    { size: 8, widths: [10, 10, 8] },
    { size: 16, widths: [8, 8, 8] },
  ],
};
/** The original weighs the masked face 20 times. */
const FACE_MASK_WEIGHT = 20;

interface LossWeights {
  readonly full_blended: number;
  readonly full_warped: number;
  readonly full_grid_change: number;
  readonly full_color_change: number;
}
interface Training {
  readonly face: { readonly grad0_float32_max_abs_deviation: number };
  readonly body: { readonly grad0_float32_max_abs_deviation: number };
  readonly schedule_table: readonly { readonly body_weights: LossWeights }[];
}

// Measured maximum: 2.9e-6 on cpu, 1.2e-5 on wasm (random weights, so rounding grows from layer to layer).
const FORWARD = { atol: 5e-5 };
/** Limit of a gradient, in units of the error of torch's float32 run (7e-6 face, 4e-6 body). Measured: 2.8 cpu, 4.2 wasm. */
const TIMES_TORCH = 10;

const ops = tfjsOps();
const upload = ({ data, shape }: FloatTensor): tf.Tensor => tf.tensor(data, [...shape]);

/** Gradients of `loss` for every weight, by key. */
function weightGradients(weights: Weights, loss: (params: Map<string, tf.Tensor>) => tf.Tensor): Map<string, number[]> {
  const keys = [...weights.keys()];
  const params = uploadWeights(weights);
  const gradients = tf.tidy(() =>
    tf
      .grads((...tensors: tf.Tensor[]) => loss(new Map(tensors.map((tensor, i) => [keys[i]!, tensor]))))([
        ...params.values(),
      ])
      .map((gradient) => [...gradient.dataSync()]),
  );
  disposeParams(params);
  return new Map(gradients.map((gradient, i) => [keys[i]!, gradient]));
}

describeShared('training step of tiny students', () => {
  const training = readSharedJson<Training>('golden/ops/training/training.json');
  const face = readGolden('ops/training/face.safetensors');
  const body = readGolden('ops/training/body.safetensors');

  const faceLoss = (params: Map<string, tf.Tensor>): tf.Tensor => {
    const output = faceMorpher(ops, FACE, params, upload(face.floats('step0.pose')));
    const target = upload(face.image('step0.target'));
    const masked = l1Loss(output, target, upload(face.image('mask')));
    return ops.add(l1Loss(output, target), ops.mul(masked, tf.scalar(FACE_MASK_WEIGHT)));
  };

  const bodyLoss = (params: Map<string, tf.Tensor>): tf.Tensor => {
    const image = upload(body.image('step0.image'));
    const output = bodyMorpher(ops, BODY, params, image, upload(body.floats('step0.pose')));
    const posed = upload(body.image('step0.target_posed'));
    const weights = training.schedule_table[0]!.body_weights;
    const terms = [
      ops.mul(l1Loss(output.blended, posed), tf.scalar(weights.full_blended)),
      ops.mul(l1Loss(output.warped, upload(body.image('step0.target_warped'))), tf.scalar(weights.full_warped)),
      ops.mul(
        l1Loss(output.gridChange, upload(body.image('step0.target_grid_change'))),
        tf.scalar(weights.full_grid_change),
      ),
      // The colour branch is compared with the posed picture.
      ops.mul(l1Loss(output.direct, posed), tf.scalar(weights.full_color_change)),
    ];
    return terms.reduce(ops.add);
  };

  const expectGradients = (golden: typeof face, gradients: Map<string, number[]>, atol: number): void => {
    for (const [key, gradient] of gradients) {
      const name = `step0.grad.${key}`;
      const { data } = key.endsWith('.weight') ? golden.linear(name) : golden.floats(name);
      assertClose(gradient, data, { atol });
    }
  };

  describe.each(TFJS_BACKENDS)('on %s', (backend) => {
    beforeAll(() => useBackend(backend));

    test('face: forward', () => {
      const before = tf.memory().numTensors;
      const params = uploadWeights(face.weights('initial.', faceMorpherSpec(FACE)));
      const pose = upload(face.floats('step0.pose'));
      const output = faceMorpher(ops, FACE, params, pose);
      assertClose(output.dataSync(), face.image('step0.forward.output').data, FORWARD);
      disposeParams(params);
      tf.dispose([pose, output]);
      expect(tf.memory().numTensors).toBe(before);
    });

    test('body: forward', () => {
      const before = tf.memory().numTensors;
      const params = uploadWeights(body.weights('initial.', bodyMorpherSpec(BODY)));
      const inputs = [upload(body.image('step0.image')), upload(body.floats('step0.pose'))] as const;
      const output = bodyMorpher(ops, BODY, params, ...inputs);
      const names = { gridChange: 'grid_change' } as const;
      for (const [key, tensor] of Object.entries(output)) {
        const name = names[key as keyof typeof names] ?? key;
        assertClose(tensor.dataSync(), body.image(`step0.forward.${name}`).data, FORWARD);
      }
      disposeParams(params);
      tf.dispose([inputs[0], inputs[1], ...Object.values(output)]);
      expect(tf.memory().numTensors).toBe(before);
    });

    test('face: gradients of the loss', () => {
      const before = tf.memory().numTensors;
      const gradients = weightGradients(face.weights('initial.', faceMorpherSpec(FACE)), faceLoss);
      expectGradients(face, gradients, TIMES_TORCH * training.face.grad0_float32_max_abs_deviation);
      expect(tf.memory().numTensors).toBe(before);
    });

    test('body: gradients of the loss', () => {
      const before = tf.memory().numTensors;
      const gradients = weightGradients(body.weights('initial.', bodyMorpherSpec(BODY)), bodyLoss);
      expectGradients(body, gradients, TIMES_TORCH * training.body.grad0_float32_max_abs_deviation);
      expect(tf.memory().numTensors).toBe(before);
    });

    test.each([
      ['face', face, faceMorpherSpec(FACE), faceLoss],
      ['body', body, bodyMorpherSpec(BODY), bodyLoss],
    ] as const)('%s: a nudged weight is noticed', (kind, golden, spec, loss) => {
      const weights = golden.weights('initial.', spec);
      [...weights.values()][0]!.data[3]! += 1e-3;
      const atol = TIMES_TORCH * training[kind].grad0_float32_max_abs_deviation;
      expect(() => expectGradients(golden, weightGradients(weights, loss), atol)).toThrow(/elements differ/);
    });
  });
});
