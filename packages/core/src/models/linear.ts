import type { Ops } from '../ops/ops.ts';

/** Checkpoint key -> tensor of the executor that runs the network. */
export type Params<T> = ReadonlyMap<string, T>;

/** Frequency of every sine layer. Source: Sitzmann et al. 2020, section 3.2; the THA4 demo uses it in all layers. */
export const OMEGA_0 = 30;

/** Adds the two keys of a linear layer to a spec: `<key>.weight [in, out]` and `<key>.bias [out]`. */
export function linearSpec(
  spec: Map<string, readonly number[]>,
  key: string,
  inChannels: number,
  outChannels: number,
): void {
  spec.set(`${key}.weight`, [inChannels, outChannels]).set(`${key}.bias`, [outChannels]);
}

/** `x W + b` with the tensors of `key`. */
export function linear<T>(ops: Ops<T>, params: Params<T>, key: string, x: T): T {
  return ops.dense(x, param(params, `${key}.weight`), param(params, `${key}.bias`));
}

/** `sin(30 (x W + b))` with the tensors of `key`. */
export function sineLayer<T>(ops: Ops<T>, params: Params<T>, key: string, x: T): T {
  return ops.sineDense(x, param(params, `${key}.weight`), param(params, `${key}.bias`), OMEGA_0);
}

function param<T>(params: Params<T>, key: string): T {
  const value = params.get(key);
  if (value === undefined) throw new RangeError(`network parameters: expected a tensor '${key}', got none`);
  return value;
}
