import type { Checkpoint, Spec } from '../checkpoint/stored-tensor.ts';
import { checkedFloats } from '../checkpoint/weights.ts';
import type { Network } from '../models/network.ts';
import { type OnnxExportOptions, recordModel } from './record-model.ts';
import type { Recorded, RecordedConstant } from './recorder.ts';

/** How a teacher's network is written as a file. */
export interface RecordNetworkOptions extends OnnxExportOptions {
  /** Pictures and poses in a batch; it becomes part of the file. Default: 1. */
  readonly batch?: number;
  /** Makes every module's output one of the file's, for tests. Default: false. */
  readonly modules?: boolean;
}

/**
 * A teacher's network as an ONNX file (opset 17): inputs as the network declares them, outputs under the original's
 * names; images NCHW.
 *
 * @param weights in PyTorch's names and layout, which is ONNX's: nothing is reordered
 * @throws {CheckpointError} where they are not this network's
 */
export function recordNetwork(network: Network, weights: Checkpoint, options: RecordNetworkOptions = {}): Uint8Array {
  const { batch = 1, modules = false, ...rest } = options;
  const about = { name: network.name, description: `${network.namespace}. Images are NCHW RGBA in [-1, 1].` };
  const params = checkpointConstants(weights, network.spec, network.name);
  return recordModel(about, rest, (ops, input) => {
    const inputs = network.inputs.map(({ name, shape }) => [name, input(name, [batch, ...shape])] as const);
    const seen: Record<string, Recorded> = {};
    const outputs = network.run(ops, params, Object.fromEntries(inputs), (module, output) => {
      if (modules) seen[module] = output;
    });
    return { ...outputs, ...seen };
  });
}

/** A checkpoint as constants of a graph, checked, under its own names. @throws {CheckpointError} */
export function checkpointConstants(weights: Checkpoint, spec: Spec, where: string): Map<string, RecordedConstant> {
  const constants = new Map<string, RecordedConstant>();
  for (const [key, shape, data] of checkedFloats(weights, spec, where)) {
    constants.set(key, { shape, data, name: key, layout: 'pytorch' });
  }
  return constants;
}
