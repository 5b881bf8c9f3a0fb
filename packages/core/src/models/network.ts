import type { Checkpoint, Spec, Weights } from '../checkpoint/stored-tensor.ts';
import { weightsFromCheckpoint } from '../checkpoint/weights.ts';
import type { Ops } from '../ops/ops.ts';
import type { Params } from './params.ts';
import type { Observe } from './run.ts';

/** A network as a piece of data, so that all of a teacher can be loaded, recorded and measured by the same code. */
export interface Network {
  /** As the original's file is called, e.g. `eyebrow_decomposer`. */
  readonly name: string;
  /** Unique among all networks, e.g. `tha4/eyebrow_decomposer`. */
  readonly namespace: string;
  /** Checkpoint key -> shape of the file's tensors. */
  readonly spec: Spec;
  /** What becomes of some of them before the network takes them; absent where it takes them as they are. */
  readonly fold?: Fold;
  readonly inputs: readonly NetworkInput[];
  /**
   * Runs the network.
   *
   * @param params as `networkWeights` gives them
   * @param inputs by name, all with the same batch
   * @returns outputs by the original's names, in its order
   */
  run<T>(ops: Ops<T>, params: Params<T>, inputs: Inputs<T>, observe?: Observe<T>): Readonly<Record<string, T>>;
}

/** Work on weights that is done once, before a network runs. */
export interface Fold {
  /** Whether a tensor of the file goes in. */
  takes(key: string): boolean;
  /** Those that go in, in our layout -> those that stand for them. */
  apply(weights: Weights): Weights;
}

export type Inputs<T> = Readonly<Record<string, T>>;

export interface NetworkInput {
  readonly name: string;
  /** Without the batch: `[h, w, c]` of a picture, `[p]` of a pose. */
  readonly shape: readonly number[];
}

/**
 * A network's weights from its file, as `Network.run` takes them once they are uploaded.
 *
 * @param where names the file in errors
 * @throws {CheckpointError} where they are not this network's
 */
export function networkWeights({ spec, fold }: Network, checkpoint: Checkpoint, where: string): Weights {
  const weights = weightsFromCheckpoint(checkpoint, spec, where);
  return fold === undefined ? weights : folded(weights, fold);
}

function folded(weights: Weights, fold: Fold): Weights {
  const entries = [...weights];
  const kept = entries.filter(([key]) => !fold.takes(key));
  return new Map([...kept, ...fold.apply(new Map(entries.filter(([key]) => fold.takes(key))))]);
}

/** A square picture as an input. */
export function imageInput(name: string, size: number, channels = 4): NetworkInput {
  return { name, shape: [size, size, channels] };
}

/** `eyebrowLayerAlpha` -> `eyebrow_layer_alpha`, `image1` -> `image_1`: outputs under the original's names. */
export function originalNames<T>(outputs: object): Readonly<Record<string, T>> {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [
      name.replace(/[A-Z]|\d+/g, (part) => `_${part.toLowerCase()}`),
      value,
    ]),
  );
}
