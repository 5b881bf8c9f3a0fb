import * as tf from '@tensorflow/tfjs-core';
import { assertClose, describeShared, readShared, readSharedJson } from '@tha4/test-utils';
import { beforeAll, describe, expect, test } from 'vitest';
import { readSafetensors } from '../src/checkpoint/safetensors.ts';
import type { Checkpoint, FloatTensor } from '../src/checkpoint/stored-tensor.ts';
import { weightsFromCheckpoint } from '../src/checkpoint/weights.ts';
import type { Network } from '../src/models/network.ts';
import { embeddedTime } from '../src/models/tha4/unet/fold-time.ts';
import { TFJS_BACKENDS, useBackend } from './support/backends.ts';
import { readGolden } from './support/golden.ts';
import { compareNetwork, expectParity, type NetworkNoise, type ParityReport } from './support/network-parity.ts';
import { type NetworkRun, runOnOnnx, runOnTfjs } from './support/networks.ts';
import { SMALL_NETWORKS } from './support/small-networks.ts';

type Runner = typeof runOnTfjs;

interface Small {
  readonly network: Network;
  readonly weights: Checkpoint;
  compare(run: NetworkRun): ParityReport;
  readonly inputs: ReadonlyMap<string, FloatTensor>;
}

function readSmall(network: Network, path: string): Small {
  const io = readGolden(`${path}.io.safetensors`);
  const mids = readGolden(`${path}.mids.safetensors`);
  const { noise_f32_vs_f64: noise } = readSharedJson<{ noise_f32_vs_f64: NetworkNoise }>(`golden/${path}.schema.json`);
  const inputs = network.inputs.map(({ name, shape }) => {
    const key = `input.${name}`;
    return [name, shape.length === 3 ? io.image(key) : io.floats(key)] as const;
  });
  return {
    network,
    weights: readSafetensors(readShared(`golden/${path}.weights.safetensors`), path).tensors,
    inputs: new Map(inputs),
    compare: (run) => compareNetwork(run, io, mids, noise),
  };
}

async function check(run: Runner, { network, path }: (typeof SMALL_NETWORKS)[number], executor: string): Promise<void> {
  const small = readSmall(network, path);
  const report = small.compare(await run(network, small.weights, small.inputs));
  console.log(`${executor} ${path}: ${report.worst.toFixed(2)} of the limits (${report.where})`);
  expectParity(report, 10);
}

describeShared('small teacher networks', () => {
  describe.each(TFJS_BACKENDS)('on tfjs %s', (backend) => {
    beforeAll(() => useBackend(backend));

    test.each(SMALL_NETWORKS)('$path', async (small) => {
      const before = tf.memory().numTensors;
      await check(runOnTfjs, small, backend);
      expect(tf.memory().numTensors, 'tensors left').toBe(before);
    });
  });

  describe('on onnxruntime', () => {
    test.each(SMALL_NETWORKS)('$path', (small) => check(runOnOnnx, small, 'onnxruntime'));
  });

  const unets = SMALL_NETWORKS.filter(({ network }) => network.fold !== undefined);
  test.each(unets)('$path: the folded time is the original’s', ({ network, path }) => {
    const { tensors } = readSafetensors(readShared(`golden/${path}.weights.safetensors`), path);
    const expected = readGolden(`${path}.mids.safetensors`).floats('mid.body.time_embed');
    const time = embeddedTime(weightsFromCheckpoint(tensors, network.spec, path));
    assertClose([...time, ...time], expected.data, { atol: 1e-6 });
  });

  test.each(SMALL_NETWORKS)('$path: a nudged weight is noticed', async ({ network, path }) => {
    const small = readSmall(network, path);
    const key = [...network.spec.keys()].find((each) => each.includes('bottleneck') || each.includes('middle'))!;
    const tensor = small.weights.get(key)!;
    const bytes = tensor.bytes.slice();
    const view = new DataView(bytes.buffer);
    view.setFloat32(8, view.getFloat32(8, true) + 0.01, true);
    const weights = new Map(small.weights).set(key, { ...tensor, bytes });
    const report = small.compare(await runOnOnnx(network, weights, small.inputs));
    expect(() => expectParity(report, 10)).toThrow();
  });
});
