import * as tf from '@tensorflow/tfjs-core';
import { assertClose, syntheticNoise } from '@tha4/test-utils';
import type { Tensor } from 'onnxruntime-node';
import { beforeAll, describe, expect, test } from 'vitest';
import { useBackend } from '../../test/support/backends.ts';
import { generatedWeights } from '../../test/support/generated.ts';
import { samples } from '../../test/support/networks.ts';
import { fromOrt, runModel, toOrt } from '../../test/support/onnx-session.ts';
import {
  SMALL_SIZE,
  SMALL_THA3,
  SMALL_THA3_NETWORKS,
  SMALL_THA4,
  SMALL_THA4_NETWORKS,
} from '../../test/support/small-systems.ts';
import { type Paint, paintOnTfjs, paintTha3, paintTha4 } from '../../test/support/tfjs-pipeline.ts';
import type { FloatTensor } from '../checkpoint/stored-tensor.ts';
import { recordStage } from '../onnx/index.ts';
import type { Network } from './network.ts';
import { tha3Stages } from './tha3/stages.ts';
import { type TeacherStages, tha4Stages } from './tha4/stages.ts';

/** The two executors round differently, and random networks amplify that. Measured: at most 5.6e-5. */
const TOLERANCE = { atol: 5e-4 };

const IMAGE: FloatTensor = {
  shape: [1, SMALL_SIZE, SMALL_SIZE, 4],
  data: syntheticNoise('pipelines.test/image', SMALL_SIZE * SMALL_SIZE * 4, 1),
};
const POSES: FloatTensor = { shape: [2, 45], data: syntheticNoise('pipelines.test/poses', 90, 1) };

/** Paints each batch of poses of one prepared picture; fails where a tensor is left. */
function onTfjs(
  networks: readonly Network[],
  paint: Paint,
  batches: readonly FloatTensor[],
): Map<string, FloatTensor>[] {
  const before = tf.memory().numTensors;
  const results = paintOnTfjs(networks, generatedWeights, paint, IMAGE, batches);
  expect(tf.memory().numTensors, 'tensors left').toBe(before);
  return results;
}

async function onOnnx(
  networks: readonly Network[],
  { prepare, face, body }: TeacherStages,
): Promise<Record<string, Tensor>> {
  const weights = Object.fromEntries(networks.map((network) => [network.name, generatedWeights(network)]));
  const values: Record<string, Tensor> = { image: toOrt(IMAGE), pose: toOrt(POSES) };
  for (const stage of [prepare, face, body]) {
    const feeds = Object.fromEntries(stage.inputs.map(({ name }) => [name, values[name]!]));
    Object.assign(values, await runModel(recordStage(stage, weights, { batch: 2 }), feeds));
  }
  return values;
}

describe.each([
  [
    'THA4',
    SMALL_THA4_NETWORKS,
    paintTha4(SMALL_THA4),
    tha4Stages(SMALL_THA4, SMALL_THA4_NETWORKS),
    33,
    'upscaler.merged',
  ],
  [
    'THA3',
    SMALL_THA3_NETWORKS,
    paintTha3(SMALL_THA3),
    tha3Stages(SMALL_THA3, SMALL_THA3_NETWORKS),
    29,
    'editor.color_changed_image',
  ],
] as const)('a small pipeline of %s', (_, networks, paint, stages, count, frame) => {
  beforeAll(() => useBackend('wasm'));

  test('paints a batch of poses as it paints them one by one, from one prepared picture', () => {
    const single = [0, 1].map((i) => ({ shape: [1, 45], data: POSES.data.slice(45 * i, 45 * (i + 1)) }));
    const [both, ...each] = onTfjs(networks, paint, [POSES, ...single]);
    expect(both!.size).toBe(count);
    for (const [name, { shape, data }] of both!) {
      each.forEach((outputs, i) => {
        const { data: expected } = outputs.get(name)!;
        const begin = shape[0] === 1 ? 0 : i * expected.length;
        assertClose(data.subarray(begin, begin + expected.length), expected, { atol: 1e-6 });
      });
    }
    const frames = each.map((outputs) => outputs.get(frame)!.data);
    expect(() => assertClose(frames[0]!, frames[1]!, { atol: 1e-2 }), 'poses that differ').toThrow();
  });

  test('recorded in stages, paints the same on onnxruntime', async () => {
    const values = await onOnnx(networks, stages);
    const [expected] = onTfjs(networks, paint, [POSES]);
    for (const [name, { shape, data }] of expected!) {
      const actual = samples(fromOrt(values[name]!), null);
      assertClose(actual, samples({ shape, data, order: 'NHWC' }, null), TOLERANCE);
    }
  });

  test('records only what the wanted outputs need', () => {
    const weights = Object.fromEntries(networks.map((network) => [network.name, generatedWeights(network)]));
    const all = recordStage(stages.body, weights);
    const one = recordStage(stages.body, weights, { outputs: [frame] });
    expect(one.length).toBeLessThan(all.length);
    expect(() => recordStage(stages.body, weights, { outputs: ['smile'] })).toThrow(
      /expected an output of .*got 'smile'/,
    );
    expect(() => recordStage(stages.body, {})).toThrow(/expected weights of/);
  });
});
