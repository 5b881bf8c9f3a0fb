import * as tf from '@tensorflow/tfjs-core';
import { describeShared, readShared } from '@tha4/test-utils';
import { beforeAll, expect, test } from 'vitest';
import type { FloatTensor } from '../src/checkpoint/stored-tensor.ts';
import { imageToModel } from '../src/image/model-image.ts';
import { decodePng } from '../src/image/png.ts';
import { imageToStraight } from '../src/image/straight-image.ts';
import type { Network } from '../src/models/network.ts';
import { THA3_NETWORKS } from '../src/models/tha3/networks.ts';
import { THA4_NETWORKS } from '../src/models/tha4/networks.ts';
import { useBackend } from './support/backends.ts';
import { checkedWeights, fullInputs, readSchema } from './support/full-networks.ts';
import { readGolden } from './support/golden.ts';
import { compareNetwork, expectParity } from './support/network-parity.ts';
import { runOnTfjs } from './support/networks.ts';

interface Full {
  readonly network: Network;
  readonly path: string;
  readonly inputs: 'tha4' | 'tha3';
}

const inFolder = (networks: readonly Network[], folder: string, inputs: Full['inputs']): Full[] =>
  networks.map((network) => ({ network, path: `${folder}/${network.name}`, inputs }));

const ALL: readonly Full[] = [
  ...inFolder(THA4_NETWORKS, 'teacher', 'tha4'),
  ...inFolder(THA3_NETWORKS.standard, 'tha3', 'tha3'),
  ...inFolder(THA3_NETWORKS.separable, 'tha3/separable', 'tha3'),
];

/** What takes seconds. The whole of them takes minutes, and finds nothing that the small networks and these do not. */
const QUICK = ['tha3/separable/eyebrow_decomposer', 'tha3/separable/face_morpher'];

const isSlowWanted = process.env.THA4_SLOW === '1';
if (!isSlowWanted) {
  console.warn(
    `SKIPPED: ${ALL.length - QUICK.length} teacher networks at full size on tfjs; set THA4_SLOW=1 to run them`,
  );
}

describeShared('teacher networks at full size on tfjs wasm', () => {
  beforeAll(() => useBackend('wasm'));
  const { data, width, height } = decodePng(readShared('characters/lambda_00/character.png'), 'lambda_00');
  const image = { width, height, data };
  const shape = [1, height, width, 4];
  const images: Readonly<Record<Full['inputs'], FloatTensor>> = {
    tha4: { shape, data: imageToModel(image) },
    tha3: { shape, data: imageToStraight(image) },
  };

  test.each(ALL.filter(({ path }) => isSlowWanted || QUICK.includes(path)))(
    '$path',
    async ({ network, path, inputs }) => {
      const schema = readSchema(path);
      const io = readGolden(`${path}.safetensors`);
      const before = tf.memory().numTensors;
      const cpu = process.cpuUsage();
      const start = performance.now();
      const run = await runOnTfjs(
        network,
        checkedWeights(network, schema),
        fullInputs(inputs, network.name, io, images[inputs]),
      );
      const { user, system } = process.cpuUsage(cpu);
      const report = compareNetwork(run, io, io, schema.noise_f32_vs_f64);
      console.log(
        `tfjs wasm ${path}: ${report.worst.toFixed(2)} of the limits (${report.where}); ${((user + system) / 1e6).toFixed(1)} s of CPU, ${((performance.now() - start) / 1000).toFixed(1)} s`,
      );
      expectParity(report, 15);
      expect(tf.memory().numTensors, 'tensors left').toBe(before);
    },
  );
});
