import type { Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import type { Checkpoint, FloatTensor } from '../../src/checkpoint/stored-tensor.ts';
import type { Network } from '../../src/models/network.ts';
import type { TeacherStages } from '../../src/models/tha4/stages.ts';
import { recordStage } from '../../src/onnx/index.ts';
import { checkedWeights, fullInputs, readSchema } from './full-networks.ts';
import { readGolden } from './golden.ts';
import { compareNetwork, expectParity } from './network-parity.ts';
import { runOnOnnx } from './networks.ts';
import { fromOrt, runModel, toOrt } from './onnx-session.ts';
import { readPipelineGolden } from './pipeline-parity.ts';

/** One of the teachers' systems, and its golden data. */
export interface FullFamily {
  readonly name: string;
  readonly networks: readonly Network[];
  readonly stages: TeacherStages;
  /** Folder of the golden data. */
  readonly folder: string;
  readonly pipeline: string;
  readonly outputs: number;
  /** Whose generator keys the inputs have. */
  readonly inputs: 'tha4' | 'tha3';
  /** lambda_00, `[1, 512, 512, 4]`, in the family's own space. */
  readonly image: FloatTensor;
}

/** Tests of each network alone, and of the pipeline cut into its stages, on onnxruntime. */
export function testFullFamily({ networks, stages, folder, pipeline, inputs, image, ...family }: FullFamily): void {
  // A network has up to 140 MB of weights; they are made once for both tests.
  const made = new Map<Network, Checkpoint>();
  const weightsOf = (network: Network): Checkpoint => {
    const weights = made.get(network) ?? checkedWeights(network, readSchema(`${folder}/${network.name}`));
    made.set(network, weights);
    return weights;
  };

  test.each(networks)('$name', async (network) => {
    const path = `${folder}/${network.name}`;
    const io = readGolden(`${path}.safetensors`);
    const run = await runOnOnnx(network, weightsOf(network), fullInputs(inputs, network.name, io, image));
    const report = compareNetwork(run, io, io, readSchema(path).noise_f32_vs_f64);
    console.log(`onnxruntime ${path}: ${report.worst.toFixed(2)} of the limits (${report.where})`);
    expectParity(report, 15);
  });

  test(`all ${family.outputs} outputs of the pipeline, two poses in a batch`, async () => {
    const golden = readPipelineGolden(`${folder}/${pipeline}`);
    const values: Record<string, Tensor> = { image: toOrt(image), pose: toOrt(golden.poses) };
    for (const stage of [stages.prepare, stages.face, stages.body]) {
      const weights = Object.fromEntries(stage.networks.map((network) => [network.name, weightsOf(network)]));
      const feeds = Object.fromEntries(stage.inputs.map(({ name }) => [name, values[name]!]));
      Object.assign(values, await runModel(recordStage(stage, weights, { batch: 2 }), feeds));
    }
    const outputs = new Map(golden.names.map((name) => [name, fromOrt(values[name]!)]));
    const report = golden.compare(outputs);
    console.log(`onnxruntime ${family.name} pipeline: ${report.worst.toFixed(2)} of the limits (${report.where})`);
    expect(golden.names.length).toBe(family.outputs);
    expectParity(report, family.outputs);

    const [frame, , warpedOrColor] = golden.names;
    const mixedUp = golden.compare(new Map(outputs).set(frame!, outputs.get(warpedOrColor!)!));
    expect(() => expectParity(mixedUp, family.outputs), 'another output in the place of the frame').toThrow();
  });
}
