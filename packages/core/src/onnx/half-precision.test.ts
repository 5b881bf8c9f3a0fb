import { deviation, syntheticWeights } from '@tha4/test-utils';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { pytorchShape } from '../checkpoint/dense-layout.ts';
import type { Checkpoint } from '../checkpoint/stored-tensor.ts';
import { EYEBROW_DECOMPOSER } from '../models/tha4/eyebrow-decomposer.ts';
import { EYEBROW_MORPHING_COMBINER } from '../models/tha4/eyebrow-morphing-combiner.ts';
import { eyebrowMorphingCombinerNetwork } from '../models/tha4/networks.ts';
import { recordNetwork } from './index.ts';

const SMALL = { imageSize: 32, startChannels: 8, maxChannels: 16, bottleneckSize: 8, bottleneckBlocks: 2 };
// It has convolutions both ways, norms, every activation, blends and a flow.
const network = eyebrowMorphingCombinerNetwork('half', {
  ...EYEBROW_DECOMPOSER,
  ...EYEBROW_MORPHING_COMBINER,
  ...SMALL,
});
const weights: Checkpoint = syntheticWeights(
  network.namespace,
  [...network.spec].map(([key, shape]) => [key, pytorchShape(shape)] as const),
);

async function run(model: Uint8Array): Promise<Record<string, Float32Array>> {
  const session = await InferenceSession.create(model);
  const feeds = network.inputs.map(({ name, shape }) => {
    const dims = shape.length === 1 ? [1, shape[0]!] : [1, shape[2]!, shape[0]!, shape[1]!];
    const count = dims.reduce((product, size) => product * size, 1);
    return [
      name,
      new Tensor(
        'float32',
        Float32Array.from({ length: count }, (_, i) => Math.sin(i / 9)),
        dims,
      ),
    ] as const;
  });
  const outputs = await session.run(Object.fromEntries(feeds));
  await session.release();
  return Object.fromEntries(Object.entries(outputs).map(([name, { data }]) => [name, data as Float32Array]));
}

describe('a graph in half precision', () => {
  it('takes and gives the same, nearly, in half the space', async () => {
    const whole = recordNetwork(network, weights);
    const half = recordNetwork(network, weights, { half: true });
    expect(half.length).toBeLessThan(0.65 * whole.length);
    const [expected, actual] = [await run(whole), await run(half)];
    expect(Object.keys(actual)).toEqual(Object.keys(expected));
    for (const [name, data] of Object.entries(expected)) {
      const { maxAbs } = deviation(actual[name]!, data);
      // Measured: 0.005 at most.
      expect(maxAbs, name).toBeLessThan(0.05);
      expect(maxAbs, name).toBeGreaterThan(0);
    }
  });

  it('refuses a weight that 16 bits cannot hold', () => {
    const [key, tensor] = [...weights].find(([name]) => name.endsWith('.0.weight'))!;
    const bytes = tensor.bytes.slice();
    new DataView(bytes.buffer).setFloat32(0, 70_000, true);
    const large = new Map(weights).set(key, { ...tensor, bytes });
    expect(() => recordNetwork(network, large, { half: true })).toThrow(
      /expected magnitudes up to 65504 for fp16, got 70000/,
    );
  });
});
