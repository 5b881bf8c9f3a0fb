import type { Spec } from '../checkpoint/stored-tensor.ts';
import type { Ops } from '../ops/ops.ts';
import type { Params } from './params.ts';
import type { Observe } from './run.ts';

/** A network as a piece of data, so that all of a teacher can be loaded, recorded and measured by the same code. */
export interface Network {
  /** As the original's file is called, e.g. `eyebrow_decomposer`. */
  readonly name: string;
  /** Unique among all networks, e.g. `tha4/eyebrow_decomposer`. */
  readonly namespace: string;
  /** Checkpoint key -> shape, in the original's order. */
  readonly spec: Spec;
  readonly inputs: readonly NetworkInput[];
  /**
   * Runs the network.
   *
   * @param inputs by name, all with the same batch
   * @returns outputs by the original's names, in its order
   */
  run<T>(ops: Ops<T>, params: Params<T>, inputs: Inputs<T>, observe?: Observe<T>): Readonly<Record<string, T>>;
}

export type Inputs<T> = Readonly<Record<string, T>>;

export interface NetworkInput {
  readonly name: string;
  /** Without the batch: `[h, w, c]` of a picture, `[p]` of a pose. */
  readonly shape: readonly number[];
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
