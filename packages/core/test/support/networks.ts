import * as tf from '@tensorflow/tfjs-core';
import type { Checkpoint, FloatTensor } from '../../src/checkpoint/stored-tensor.ts';
import { type Network, networkWeights } from '../../src/models/network.ts';
import { recordNetwork } from '../../src/onnx/index.ts';
import { disposeParams, tfjsOps, uploadWeights } from '../../src/tfjs/index.ts';
import { fromOrt, runModel, toOrt } from './onnx-session.ts';

/** A picture of an executor, in the order in which that executor keeps it. */
export interface Picture {
  /** `[n, h, w, c]` or, of a vector, `[n, 1, 1, c]`. */
  readonly shape: readonly number[];
  readonly data: Float32Array;
  readonly order: 'NHWC' | 'NCHW';
}

/** What a network left behind, by the names of the golden data. */
export interface NetworkRun {
  readonly outputs: ReadonlyMap<string, Picture>;
  readonly modules: ReadonlyMap<string, Picture>;
}

/** NHWC. */
export type NetworkInputs = ReadonlyMap<string, FloatTensor>;

export async function runOnTfjs(network: Network, checkpoint: Checkpoint, inputs: NetworkInputs): Promise<NetworkRun> {
  const params = uploadWeights(networkWeights(network, checkpoint, network.name));
  const modules = new Map<string, Picture>();
  const read = (x: tf.Tensor): Picture => ({ shape: x.shape, data: x.dataSync() as Float32Array, order: 'NHWC' });
  const uploaded = Object.fromEntries(
    [...inputs].map(([name, { data, shape }]) => [name, tf.tensor(data, [...shape])]),
  );
  const results = network.run(tfjsOps(), params, uploaded, (module, output) => {
    modules.set(module, read(output));
  });
  const outputs = new Map(Object.entries(results).map(([name, x]) => [name, read(x)]));
  tf.dispose([results, uploaded]);
  disposeParams(params);
  return { outputs, modules };
}

export async function runOnOnnx(network: Network, checkpoint: Checkpoint, inputs: NetworkInputs): Promise<NetworkRun> {
  const batch = [...inputs.values()][0]!.shape[0]!;
  const feeds = Object.fromEntries([...inputs].map(([name, tensor]) => [name, toOrt(tensor)]));
  const results = await runModel(recordNetwork(network, checkpoint, { batch, modules: true }), feeds);
  const outputs = new Map<string, Picture>();
  const modules = new Map<string, Picture>();
  for (const [name, tensor] of Object.entries(results)) {
    // Modules have a name of the checkpoint's, with a dot; one stands at its top level.
    const target = name.includes('.') || name === 'coarse_image_conv' ? modules : outputs;
    target.set(name, fromOrt(tensor));
  }
  return { outputs, modules };
}

/** `[n, c, positions]`, as the golden data keep samples. @param positions (y, x) pairs, or `null` for all in order */
export function samples({ shape, data, order }: Picture, positions: Int32Array | null): Float32Array {
  const [n, h, w, c] = shape as [number, number, number, number];
  const count = positions === null ? h * w : positions.length / 2;
  const result = new Float32Array(n * c * count);
  let to = 0;
  for (let image = 0; image < n; image++) {
    for (let channel = 0; channel < c; channel++) {
      for (let i = 0; i < count; i++) {
        const pixel = positions === null ? i : positions[2 * i]! * w + positions[2 * i + 1]!;
        const at = order === 'NHWC' ? (image * h * w + pixel) * c + channel : (image * c + channel) * h * w + pixel;
        result[to++] = data[at]!;
      }
    }
  }
  return result;
}
