import type { Ops } from '../ops/ops.ts';
import { type Inputs, type Network, type NetworkInput, originalNames } from './network.ts';
import type { Params } from './params.ts';

/** Parameters of several networks, by the networks' names. */
export type StageParams<T> = Readonly<Record<string, Params<T>>>;

/** A part of a pipeline that is worth running, or recording as a file, by itself: networks and what lies between them. */
export interface Stage {
  readonly name: string;
  /** Networks whose weights it needs. */
  readonly networks: readonly Network[];
  readonly inputs: readonly StageInput[];
  /** @returns outputs by name, such as `upscaler.merged` */
  run<T>(ops: Ops<T>, params: StageParams<T>, inputs: Inputs<T>): Readonly<Record<string, T>>;
}

export interface StageInput extends NetworkInput {
  /** Whether there is one for all poses of a batch (`[1, ...]`) instead of one for each. */
  readonly perPicture: boolean;
}

/** What a network's function returned, under the original's names: `<network>.<output>`. */
export function outputsOf<T>(network: string, outputs: object): Readonly<Record<string, T>> {
  const named = Object.entries(originalNames<T>(outputs));
  return Object.fromEntries(named.map(([name, value]) => [`${network}.${name}`, value]));
}
