import * as tf from '@tensorflow/tfjs-core';
import { describeShared, readShared } from '@tha4/test-utils';
import { beforeAll, expect, test } from 'vitest';
import type { FloatTensor } from '../src/checkpoint/stored-tensor.ts';
import { imageToModel } from '../src/image/model-image.ts';
import { decodePng } from '../src/image/png.ts';
import { imageToStraight } from '../src/image/straight-image.ts';
import type { Network } from '../src/models/network.ts';
import { THA3_NETWORKS } from '../src/models/tha3/networks.ts';
import { THA3_SEPARABLE, THA3_STANDARD } from '../src/models/tha3/pipeline.ts';
import { THA4_NETWORKS } from '../src/models/tha4/networks.ts';
import { THA4 } from '../src/models/tha4/pipeline.ts';
import { useBackend } from './support/backends.ts';
import { checkedWeights, fullInputs, readSchema } from './support/full-networks.ts';
import { generatedWeights } from './support/generated.ts';
import { readGolden } from './support/golden.ts';
import { compareNetwork, expectParity } from './support/network-parity.ts';
import { type Picture, runOnTfjs } from './support/networks.ts';
import { readPipelineGolden } from './support/pipeline-parity.ts';
import { type Paint, paintOnTfjs, paintTha3, paintTha4 } from './support/tfjs-pipeline.ts';

interface Full {
  readonly network: Network;
  readonly path: string;
  readonly inputs: 'tha4' | 'tha3';
}

interface Pipeline extends Pick<Full, 'path' | 'inputs'> {
  readonly networks: readonly Network[];
  readonly paint: Paint;
}

const inFolder = (networks: readonly Network[], folder: string, inputs: Full['inputs']): Full[] =>
  networks.map((network) => ({ network, path: `${folder}/${network.name}`, inputs }));

const ALL: readonly Full[] = [
  ...inFolder(THA4_NETWORKS, 'teacher', 'tha4'),
  ...inFolder(THA3_NETWORKS.standard, 'tha3', 'tha3'),
  ...inFolder(THA3_NETWORKS.separable, 'tha3/separable', 'tha3'),
];

const PIPELINES: readonly Pipeline[] = [
  {
    path: 'teacher/pipeline_mode_07',
    networks: THA4_NETWORKS,
    paint: paintTha4(THA4),
    inputs: 'tha4',
  },
  {
    path: 'tha3/pipeline_standard_float',
    networks: THA3_NETWORKS.standard,
    paint: paintTha3(THA3_STANDARD),
    inputs: 'tha3',
  },
  {
    path: 'tha3/separable/pipeline_separable_float',
    networks: THA3_NETWORKS.separable,
    paint: paintTha3(THA3_SEPARABLE),
    inputs: 'tha3',
  },
];

/** What takes seconds. The rest takes minutes, and finds little that the small networks and these do not. */
const isQuick = (path: string): boolean => path.includes('separable') && !path.includes('pipeline');

const isSlowWanted = process.env.THA4_SLOW === '1';
if (!isSlowWanted) {
  const slow = [...ALL, ...PIPELINES].filter(({ path }) => !isQuick(path));
  console.warn(`SKIPPED: ${slow.map(({ path }) => path).join(', ')} on tfjs; set THA4_SLOW=1 to run them`);
}
const wanted = <C extends { readonly path: string }>(cases: readonly C[]): C[] =>
  cases.filter(({ path }) => isSlowWanted || isQuick(path));

describeShared('teacher networks at full size on tfjs wasm', () => {
  beforeAll(() => useBackend('wasm'));
  const { data, width, height } = decodePng(readShared('characters/lambda_00/character.png'), 'lambda_00');
  const image = { width, height, data };
  const shape = [1, height, width, 4];
  const images: Readonly<Record<Full['inputs'], FloatTensor>> = {
    tha4: { shape, data: imageToModel(image) },
    tha3: { shape, data: imageToStraight(image) },
  };

  test.each(wanted(ALL))('$path', async ({ network, path, inputs }) => {
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
  });

  test.each(wanted(PIPELINES))('$path, one pose after the other', ({ path, networks, paint, inputs }) => {
    const golden = readPipelineGolden(path);
    const poses = [0, 1].map((i) => ({ shape: [1, 45], data: golden.poses.data.slice(45 * i, 45 * (i + 1)) }));
    const frames = paintOnTfjs(networks, generatedWeights, paint, images[inputs], poses);
    expect(frames.map((outputs) => [...outputs.keys()])).toEqual([golden.names, golden.names]);
    const report = golden.compare(new Map(golden.names.map((name) => [name, stack(name, frames)])));
    console.log(`tfjs wasm ${path}: ${report.worst.toFixed(2)} of the limits (${report.where})`);
    expectParity(report, golden.names.length);
  });
});

/** An output of all poses as one batch; what only the picture decides stays one. */
function stack(name: string, frames: readonly ReadonlyMap<string, FloatTensor>[]): Picture {
  const all = name.startsWith('eyebrow_decomposer') ? frames.slice(0, 1) : frames;
  const pictures = all.map((outputs) => outputs.get(name)!.data);
  const size = pictures[0]!.length;
  const data = new Float32Array(all.length * size);
  pictures.forEach((picture, i) => {
    data.set(picture, i * size);
  });
  return { shape: [all.length, ...frames[0]!.get(name)!.shape.slice(1)], data, order: 'NHWC' };
}
