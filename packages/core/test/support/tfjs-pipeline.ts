import * as tf from '@tensorflow/tfjs-core';
import type { Checkpoint, FloatTensor } from '../../src/checkpoint/stored-tensor.ts';
import { type Network, networkWeights } from '../../src/models/network.ts';
import { poseTha3, prepareTha3, type Tha3Config, tha3Outputs } from '../../src/models/tha3/pipeline.ts';
import { poseTha4, prepareTha4, type Tha4Config, tha4Outputs } from '../../src/models/tha4/pipeline.ts';
import type { Ops } from '../../src/ops/ops.ts';
import { disposeParams, tfjsOps, uploadWeights } from '../../src/tfjs/index.ts';

type Params = Readonly<Record<string, Map<string, tf.Tensor>>>;

/** Prepares a picture and poses it in each batch of poses; returns each batch's outputs by name. */
export type Paint = (
  ops: Ops<tf.Tensor>,
  params: Params,
  image: tf.Tensor,
  batches: readonly tf.Tensor[],
) => readonly Readonly<Record<string, tf.Tensor>>[];

export const paintTha4 =
  (config: Tha4Config): Paint =>
  (ops, params, image, batches) => {
    const own = { ...faceParams(params), bodyMorpher: params.body_morpher!, upscaler: params.upscaler! };
    const prepared = prepareTha4(ops, config, own, image);
    return batches.map((pose) => tha4Outputs(prepared, poseTha4(ops, config, own, prepared, pose)));
  };

export const paintTha3 =
  (config: Tha3Config): Paint =>
  (ops, params, image, batches) => {
    const own = { ...faceParams(params), rotator: params.two_algo_face_body_rotator!, editor: params.editor! };
    const prepared = prepareTha3(ops, config, own, image);
    return batches.map((pose) => tha3Outputs(prepared, poseTha3(ops, config, own, prepared, pose)));
  };

function faceParams(params: Params) {
  return {
    eyebrowDecomposer: params.eyebrow_decomposer!,
    eyebrowMorphingCombiner: params.eyebrow_morphing_combiner!,
    faceMorpher: params.face_morpher!,
  };
}

/** Paints with the current tfjs backend. @returns each batch's outputs as numbers, NHWC, in the original's order */
export function paintOnTfjs(
  networks: readonly Network[],
  weightsOf: (network: Network) => Checkpoint,
  paint: Paint,
  image: FloatTensor,
  batches: readonly FloatTensor[],
): Map<string, FloatTensor>[] {
  const upload = ({ data, shape }: FloatTensor): tf.Tensor => tf.tensor(data, [...shape]);
  const read = (x: tf.Tensor): FloatTensor => ({ shape: x.shape, data: x.dataSync() as Float32Array });
  const params = Object.fromEntries(
    networks.map((network) => [network.name, uploadWeights(networkWeights(network, weightsOf(network), network.name))]),
  );
  const results: Map<string, FloatTensor>[] = [];
  tf.tidy(() => {
    for (const outputs of paint(tfjsOps(), params, upload(image), batches.map(upload))) {
      results.push(new Map(Object.entries(outputs).map(([name, x]) => [name, read(x)])));
    }
  });
  for (const each of Object.values(params)) disposeParams(each);
  return results;
}
