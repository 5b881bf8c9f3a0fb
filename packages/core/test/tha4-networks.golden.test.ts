import { describeShared } from '@tha4/test-utils';
import type { Tensor } from 'onnxruntime-node';
import { expect, test } from 'vitest';
import type { Checkpoint } from '../src/checkpoint/stored-tensor.ts';
import type { Network } from '../src/models/network.ts';
import { THA4_NETWORKS } from '../src/models/tha4/networks.ts';
import { THA4_STAGES } from '../src/models/tha4/stages.ts';
import { recordStage } from '../src/onnx/index.ts';
import { characterTensor, checkedWeights, fullInputs, readSchema } from './support/full-networks.ts';
import { readGolden } from './support/golden.ts';
import { compareNetwork, expectParity } from './support/network-parity.ts';
import { runOnOnnx } from './support/networks.ts';
import { fromOrt, runModel, toOrt } from './support/onnx-session.ts';
import { readPipelineGolden } from './support/pipeline-parity.ts';

// A network has 126 to 140 MB of weights; they are made once for both tests.
const made = new Map<string, Checkpoint>();
function weightsOf(network: Network): Checkpoint {
  const weights = made.get(network.name) ?? checkedWeights(network, readSchema(`teacher/${network.name}`));
  made.set(network.name, weights);
  return weights;
}

describeShared('THA4 at full size, synthetic weights, on onnxruntime', () => {
  const image = characterTensor();

  test.each(THA4_NETWORKS)('$name', async (network) => {
    const path = `teacher/${network.name}`;
    const io = readGolden(`${path}.safetensors`);
    const run = await runOnOnnx(network, weightsOf(network), fullInputs('tha4', network.name, io, image));
    const report = compareNetwork(run, io, io, readSchema(path).noise_f32_vs_f64);
    console.log(`onnxruntime ${path}: ${report.worst.toFixed(2)} of the limits (${report.where})`);
    expectParity(report, 15);
  });

  test('all 33 outputs of the pipeline, two poses in a batch', async () => {
    const golden = readPipelineGolden('teacher/pipeline_mode_07');
    const values: Record<string, Tensor> = { image: toOrt(image), pose: toOrt(golden.poses) };
    for (const stage of Object.values(THA4_STAGES)) {
      const weights = Object.fromEntries(stage.networks.map((network) => [network.name, weightsOf(network)]));
      const feeds = Object.fromEntries(stage.inputs.map(({ name }) => [name, values[name]!]));
      Object.assign(values, await runModel(recordStage(stage, weights, { batch: 2 }), feeds));
    }
    const outputs = new Map(golden.names.map((name) => [name, fromOrt(values[name]!)]));
    const report = golden.compare(outputs);
    console.log(`onnxruntime THA4 pipeline: ${report.worst.toFixed(2)} of the limits (${report.where})`);
    expect(golden.names.length).toBe(33);
    expectParity(report, 33);
  });
});
