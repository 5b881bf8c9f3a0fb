import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { assertClose } from '@tha4/test-utils';
import { beforeAll, describe, expect, test } from 'vitest';
import { useBackend } from '../../test/support/backends.ts';
import { generatedInputs, generatedWeights } from '../../test/support/generated.ts';
import { type NetworkRun, runOnOnnx, runOnTfjs, samples } from '../../test/support/networks.ts';
import { SMALL_NETWORKS } from '../../test/support/small-networks.ts';
import type { Checkpoint } from '../checkpoint/stored-tensor.ts';
import type { Network } from './network.ts';

// PyTorch's outputs, 24 numbers of each, evenly spread in NCHW order. Weights and inputs come from an integer hash, so this
// runs in any clone; the golden suite compares all of the numbers.
const EXPECTED = JSON.parse(
  readFileSync(new URL('../../test/golden/small-networks.json', import.meta.url), 'utf8'),
) as Record<string, Record<string, number[]>>;

// Measured: at most 5.6e-6; PyTorch's own float32 is up to 8e-6 from its float64.
const TOLERANCE = { atol: 4e-5 };

function compare(network: Network, { outputs }: NetworkRun): void {
  for (const [name, expected] of Object.entries(EXPECTED[network.namespace]!)) {
    const all = samples(outputs.get(name)!, null);
    const step = Math.floor(all.length / expected.length) | 1;
    const actual = expected.map((_, i) => all[(i * step) % all.length]!);
    assertClose(actual, expected, TOLERANCE);
  }
}

function nudged(weights: Checkpoint, key: string): Checkpoint {
  const tensor = weights.get(key)!;
  const bytes = tensor.bytes.slice();
  const view = new DataView(bytes.buffer);
  view.setFloat32(8, view.getFloat32(8, true) + 0.05, true);
  return new Map(weights).set(key, { ...tensor, bytes });
}

describe.each(SMALL_NETWORKS.map(({ network }) => network))('$namespace', (network) => {
  beforeAll(() => useBackend('cpu'));

  test('on tfjs is PyTorch’s', async () => {
    const before = tf.memory().numTensors;
    compare(network, await runOnTfjs(network, generatedWeights(network), generatedInputs(network)));
    expect(tf.memory().numTensors, 'tensors left').toBe(before);
  });

  test('on onnxruntime is PyTorch’s', async () => {
    compare(network, await runOnOnnx(network, generatedWeights(network), generatedInputs(network)));
  });

  test('notices a nudged weight', async () => {
    const [first] = network.spec.keys();
    const key = first!.includes('time_embed') ? 'body.first_conv.weight' : first!;
    const run = await runOnOnnx(network, nudged(generatedWeights(network), key), generatedInputs(network));
    expect(() => compare(network, run)).toThrow(/elements differ/);
  });
});
