import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Checkpoint, type Network, pytorchShape, writePt } from '@tha4/core';
import { syntheticWeights } from '@tha4/test-utils';

/** Synthetic weights of a network, as its author's file would hold them. They mean nothing; the road is the real one. */
export function syntheticCheckpoint({ namespace, spec }: Network): Checkpoint {
  return syntheticWeights(
    namespace,
    [...spec].map(([key, shape]) => [key, pytorchShape(shape)] as const),
  );
}

/** Writes synthetic weights of networks as the `.pt` files that their author publishes. */
export function writeSyntheticSystem(folder: string, networks: readonly Network[]): void {
  mkdirSync(folder, { recursive: true });
  for (const network of networks) {
    writeFileSync(join(folder, `${network.name}.pt`), writePt(syntheticCheckpoint(network)));
  }
}
