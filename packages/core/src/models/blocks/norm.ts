import { param } from '../params.ts';
import type { Run } from '../run.ts';

/** Adds the two keys of a norm over `channels` to a spec. */
export function normSpec(spec: Map<string, readonly number[]>, key: string, channels: number): void {
  spec.set(`${key}.weight`, [channels]).set(`${key}.bias`, [channels]);
}

/** Zero mean and unit variance in every channel of every picture, then a factor and an offset per channel. */
export function instanceNorm<T>({ ops, params }: Run<T>, key: string, x: T): T {
  return ops.groupNorm(x, ops.shape(x)[3]!, param(params, `${key}.weight`), param(params, `${key}.bias`));
}
