import { fromPytorchFloats } from '../checkpoint/dense-layout.ts';
import type { Checkpoint, FloatTensor } from '../checkpoint/stored-tensor.ts';
import { checkedFloats } from '../checkpoint/weights.ts';
import type { Network } from '../models/network.ts';
import type { Stage } from '../models/stage.ts';
import { type OnnxExportOptions, recordModel } from './record-model.ts';
import type { Recorded, RecordedConstant } from './recorder.ts';

/** How a teacher's network, or a stage of its pipeline, is written as a file. */
export interface RecordNetworkOptions extends OnnxExportOptions {
  /** Poses in a batch; it becomes part of the file. Default: 1. */
  readonly batch?: number;
  /** Names of the outputs that are wanted; what only others need is left out. Default: all. */
  readonly outputs?: readonly string[];
}

const CONVENTIONS =
  'Images are NCHW RGBA, linear light, in [-1, 1], not clamped: premultiplied alpha in THA4, straight in THA3. ' +
  'Flow holds (x, y) in units where the picture spans [-1, 1].';

/**
 * A teacher's network as an ONNX file (opset 17): inputs as the network declares them, outputs under the original's
 * names.
 *
 * @param weights in PyTorch's names and layout, which is ONNX's: nothing is reordered
 * @param options `modules` makes every module's output one of the file's, for tests
 * @throws {CheckpointError} where they are not this network's
 */
export function recordNetwork(
  network: Network,
  weights: Checkpoint,
  options: RecordNetworkOptions & { readonly modules?: boolean } = {},
): Uint8Array {
  const { batch = 1, modules = false, outputs, ...rest } = options;
  const about = { name: network.name, description: `${network.namespace}. ${CONVENTIONS}` };
  const params = networkConstants(network, weights);
  return recordModel(about, rest, (ops, input) => {
    const inputs = network.inputs.map(({ name, shape }) => [name, input(name, [batch, ...shape])] as const);
    const seen: Record<string, Recorded> = {};
    const results = network.run(ops, params, Object.fromEntries(inputs), (module, output) => {
      if (modules) seen[module] = output;
    });
    return { ...wanted(results, outputs, network.name), ...seen };
  });
}

/**
 * A stage of a teacher's pipeline as an ONNX file (opset 17). Inputs that there are once for a picture have a batch of
 * one.
 *
 * @param weights of each of the stage's networks, by the network's name, in PyTorch's names and layout
 * @throws {CheckpointError} where they are not these networks'
 */
export function recordStage(
  stage: Stage,
  weights: Readonly<Record<string, Checkpoint>>,
  options: RecordNetworkOptions = {},
): Uint8Array {
  const { batch = 1, outputs, ...rest } = options;
  const names = stage.networks.map(({ namespace }) => namespace).join(', ');
  const about = { name: stage.name, description: `${names}. ${CONVENTIONS}` };
  const params = Object.fromEntries(
    stage.networks.map((network) => {
      const own = weights[network.name];
      if (own === undefined) throw new RangeError(`recordStage: expected weights of '${network.name}', got none`);
      return [network.name, networkConstants(network, own, `${network.name}.`)];
    }),
  );
  return recordModel(about, rest, (ops, input) => {
    const inputs = stage.inputs.map(
      ({ name, shape, perPicture }) => [name, input(name, [perPicture ? 1 : batch, ...shape])] as const,
    );
    return wanted(stage.run(ops, params, Object.fromEntries(inputs)), outputs, stage.name);
  });
}

/**
 * A network's weights as constants of a graph, under the file's names.
 *
 * @param prefix of their names in the graph
 * @throws {CheckpointError} where they are not this network's
 */
export function networkConstants(
  { spec, fold, name: where }: Network,
  weights: Checkpoint,
  prefix = '',
): Map<string, RecordedConstant> {
  const constants = new Map<string, RecordedConstant>();
  const toFold = new Map<string, FloatTensor>();
  for (const [key, shape, data] of checkedFloats(weights, spec, where)) {
    const constant = { shape, data, name: prefix + key, layout: 'pytorch' } as const;
    if (fold?.takes(key)) toFold.set(key, { shape, data: fromPytorchFloats(data, shape) });
    else constants.set(key, constant);
  }
  for (const [key, tensor] of fold?.apply(toFold) ?? []) constants.set(key, { ...tensor, name: prefix + key });
  return constants;
}

function wanted(
  all: Readonly<Record<string, Recorded>>,
  names: readonly string[] | undefined,
  where: string,
): Readonly<Record<string, Recorded>> {
  if (names === undefined) return all;
  return Object.fromEntries(
    names.map((name) => {
      const output = all[name];
      if (output !== undefined) return [name, output];
      throw new RangeError(`${where}: expected an output of ${Object.keys(all).join(', ')}, got '${name}'`);
    }),
  );
}
