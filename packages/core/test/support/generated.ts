import { syntheticNoise, syntheticWeights } from '@tha4/test-utils';
import { pytorchShape } from '../../src/checkpoint/dense-layout.ts';
import type { Checkpoint, FloatTensor } from '../../src/checkpoint/stored-tensor.ts';
import type { Network } from '../../src/models/network.ts';
import { POSE_PARAMETERS } from '../../src/pose/parameters.ts';
import { channelsLast } from './golden.ts';
import type { NetworkInputs } from './networks.ts';

const BATCH = 2;

/** A network's synthetic weights. */
export function generatedWeights({ namespace, spec }: Network): Checkpoint {
  return syntheticWeights(
    namespace,
    [...spec].map(([key, shape]) => [key, pytorchShape(shape)] as const),
  );
}

/** A small network's inputs as the golden data have them, from the generator. */
export function generatedInputs(network: Network): NetworkInputs {
  const [family, ...name] = network.namespace.split('/');
  const inputs = network.inputs.map(({ name: input, shape }): [string, FloatTensor] => {
    const key = [`${family}-input`, ...name, input].join('/');
    if (shape.length === 1) return [input, poses(key, shape[0]!)];
    const [h, w, c] = shape as [number, number, number];
    const data = syntheticNoise(key, BATCH * h * w * c, c === 2 ? 0.25 : 1);
    return [input, channelsLast({ shape: [BATCH, c, h, w], data })];
  });
  return new Map(inputs);
}

/** Where the values that a network sees begin in the whole pose, by how many it sees. */
const POSE_BEGIN: Readonly<Record<number, number>> = { 12: 0, 27: 12, 6: 39 };

function poses(key: string, size: number): FloatTensor {
  const data = syntheticNoise(key, BATCH * size, 1);
  const inRange = data.map((value, i) => {
    const { min } = POSE_PARAMETERS[POSE_BEGIN[size]! + (i % size)]!;
    return min < 0 ? value : (value + 1) / 2;
  });
  return { shape: [BATCH, size], data: inRange };
}
