import type { Stage } from '@tha4/core';
import { bodyMorpher, bodyMorpherSpec, checkpointFromWeights, type FloatTensor, type Weights } from '@tha4/core';
import { assertClose, hashUniform } from '@tha4/test-utils';
import { describe, expect, it } from 'vitest';
import { batchForMemory } from './batch.ts';
import { chooseEngine } from './choose-engine.ts';
import { ENGINE_NAMES, type Engine, type StageSource } from './engine.ts';
import { channelsFirst, channelsLast } from './layout.ts';
import { obstacle, PROVIDERS } from './onnxruntime/providers.ts';

const CONFIG = {
  poseSize: 45,
  levels: [
    { size: 4, widths: [9, 8] },
    { size: 8, widths: [7, 6] },
  ],
};

function uniform(key: string, shape: readonly number[], scale: number): FloatTensor {
  const count = shape.reduce((product, size) => product * size, 1);
  return { shape, data: Float32Array.from(hashUniform(key, count), (value) => scale * value) };
}

const weights: Weights = new Map(
  [...bodyMorpherSpec(CONFIG)].map(([key, shape]) => [key, uniform(key, shape, 0.1 / Math.sqrt(shape[0]!))]),
);

const stage: Stage = {
  name: 'body',
  networks: [
    {
      name: 'body_morpher',
      namespace: 'small/body_morpher',
      spec: bodyMorpherSpec(CONFIG),
      inputs: [],
      run: () => ({}),
    },
  ],
  inputs: [
    { name: 'image', shape: [8, 8, 4], perPicture: false },
    { name: 'pose', shape: [45], perPicture: false },
  ],
  run: (ops, params, { image, pose }) => ({
    ...bodyMorpher(ops, CONFIG, params.body_morpher!, image!, pose!),
  }),
};
const source: StageSource = {
  stage,
  weights: { body_morpher: checkpointFromWeights(weights, 'F32') },
  batch: 2,
  outputs: ['blended', 'gridChange'],
};

async function runOn(engine: Engine): Promise<Record<string, Float32Array>> {
  const network = await engine.load(source);
  const inputs = {
    image: engine.upload(uniform('image', [2, 8, 8, 4], 1)),
    pose: engine.upload(uniform('pose', [2, 45], 1)),
  };
  const outputs = await network.run(inputs);
  const read: Record<string, Float32Array> = {};
  for (const [name, x] of Object.entries(outputs)) read[name] = await engine.read(x);
  engine.free([...Object.values(outputs), ...Object.values(inputs)]);
  await network.dispose();
  await engine.dispose();
  return read;
}

describe('engines', () => {
  it('give the same numbers: onnxruntime on the CPU and TensorFlow.js', async () => {
    const cpu = await chooseEngine({ engine: 'cpu', threads: 1 });
    expect(cpu.choice).toEqual({
      name: 'cpu',
      words: 'onnxruntime on the CPU (1 thread)',
      precision: 'fp32',
      batch: 1,
      skipped: [],
    });
    const actual = await runOn(cpu);
    const tfjs = await chooseEngine({ engine: 'tfjs-wasm' });
    const { memory } = await import('@tensorflow/tfjs-core');
    const before = memory().numTensors;
    const expected = await runOn(tfjs);
    expect(memory().numTensors).toBe(before);
    expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort());
    // Measured: 1e-6.
    for (const [name, data] of Object.entries(expected)) assertClose(actual[name]!, data, { atol: 1e-5 });
  });

  it('are chosen best first, with a line for each that is not taken', async () => {
    const { choice } = await chooseEngine();
    expect(choice.skipped.map(({ name }) => name)).toEqual(ENGINE_NAMES.slice(0, ENGINE_NAMES.indexOf(choice.name)));
    for (const { why } of choice.skipped) expect(why).toMatch(/^[^\n]{5,150}$/);
  });

  it('say in one line why one that was asked for does not work', async () => {
    const other = process.platform === 'win32' ? 'coreml' : 'directml';
    await expect(chooseEngine({ engine: other })).rejects.toThrow(
      new RegExp(`^${other}: onnxruntime-node has no \\w+ on ${process.platform}-${process.arch}$`),
    );
    await expect(chooseEngine({ engine: 'tfjs-node-gpu' })).rejects.toThrow(
      /^tfjs-node-gpu: @tensorflow\/tfjs-node-gpu is not installed$/,
    );
    await expect(chooseEngine({ engine: 'tfjs-wasm', precision: 'fp16' })).rejects.toThrow(/expected fp32, got fp16/);
  });

  it('take the provider that is built in', () => {
    const cpu = PROVIDERS.at(-1)!;
    expect(obstacle(cpu, [{ name: 'cpu', bundled: true }])).toBeNull();
  });

  it('take as many poses at once as the memory holds', () => {
    expect([null, 0, 4000, 8000, 80_000].map(batchForMemory)).toEqual([1, 1, 1, 5, 8]);
  });
});

describe('layouts', () => {
  it('turn into each other', () => {
    const data = Float32Array.from({ length: 2 * 3 * 2 * 2 }, (_, i) => i);
    const first = channelsFirst(data, [2, 3, 2, 2]);
    expect([...first.subarray(0, 8)]).toEqual([0, 2, 4, 6, 8, 10, 1, 3]);
    expect(channelsLast(first, [2, 3, 2, 2])).toEqual(data);
  });
});
