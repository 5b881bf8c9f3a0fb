import { type Checkpoint, networkWeights, type Stage } from '@tha4/core';
import { countingOps } from '../count/counting-ops.ts';

/** Billions of multiply-adds of a stage, and the names of its outputs; nothing is computed. */
export function stageWork(
  stage: Stage,
  weights: Readonly<Record<string, Checkpoint>>,
): { readonly gmac: number; readonly outputs: readonly string[] } {
  const counter = countingOps();
  const params = Object.fromEntries(
    stage.networks.map((network) => [network.name, networkWeights(network, weights[network.name]!, network.name)]),
  );
  const inputs = stage.inputs.map(({ name, shape }) => [name, { shape: [1, ...shape] }] as const);
  const outputs = Object.keys(stage.run(counter.ops, params, Object.fromEntries(inputs)));
  return { gmac: counter.work().multiplyAdds / 1e9, outputs };
}
