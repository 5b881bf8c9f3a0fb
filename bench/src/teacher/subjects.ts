import { type Checkpoint, type Network, pytorchShape, type Stage } from '@tha4/core';
import { systemOf } from '@tha4/teacher/official';
import type { SystemName } from '@tha4/teacher/weights';
import { syntheticWeights } from '@tha4/test-utils';
import { stageWork } from './work.ts';

/** Something that is timed. */
export interface Subject {
  /** Of a network, or `frame`. */
  readonly name: string;
  readonly gmac: number;
  /** Run one after the other; the outputs of one are there for the next. */
  readonly stages: readonly { readonly stage: Stage; readonly outputs: readonly string[] }[];
  readonly weights: Readonly<Record<string, Checkpoint>>;
}

/** Each network of a system, one at a time, since a system's weights are large; then a further frame of a picture. @param only one of these names */
export function* subjects(system: SystemName, only?: string): Generator<Subject> {
  const { networks, perPose } = systemOf(system);
  for (const network of networks) {
    if (only !== undefined && only !== network.name) continue;
    const weights = { [network.name]: synthetic(network) };
    const stage = networkStage(network);
    const { gmac, outputs } = stageWork(stage, weights);
    yield { name: network.name, gmac, stages: [{ stage, outputs }], weights };
  }
  if (only !== undefined && only !== 'frame') return;
  const weights = Object.fromEntries(networks.map((network) => [network.name, synthetic(network)]));
  const gmac = perPose.reduce((sum, { stage }) => sum + stageWork(stage, weights).gmac, 0);
  yield { name: 'frame', gmac, stages: perPose, weights };
}

/** A network as a stage of its own. */
function networkStage(network: Network): Stage {
  return {
    name: network.name,
    networks: [network],
    inputs: network.inputs.map((input) => ({ ...input, perPicture: false })),
    run: (ops, params, inputs) => network.run(ops, params[network.name]!, inputs),
  };
}

/** Time does not depend on what the weights are. */
function synthetic({ namespace, spec }: Network): Checkpoint {
  return syntheticWeights(
    namespace,
    [...spec].map(([key, shape]) => [key, pytorchShape(shape)] as const),
  );
}
