import { param } from '../../params.ts';
import type { Run } from '../../run.ts';

/** Groups of a norm; there is one for each channel where there are fewer. Source: `nn/common/unet.py`. */
const MOST_GROUPS = 32;

/** A weight and the bias that goes with its last axis. */
export function layerSpec(spec: Map<string, readonly number[]>, key: string, shape: readonly number[]): void {
  spec.set(`${key}.weight`, shape).set(`${key}.bias`, [shape.at(-1)!]);
}

export function unetNorm<T>({ ops, params }: Run<T>, key: string, x: T): T {
  const groups = groupsOf(ops.shape(x)[3]!);
  return ops.groupNorm(x, groups, param(params, `${key}.weight`), param(params, `${key}.bias`));
}

/** A 3x3 convolution with the tensors of `key`. */
export function conv<T>({ ops, params }: Run<T>, key: string, x: T): T {
  return ops.conv2d(x, param(params, `${key}.weight`), param(params, `${key}.bias`), 1);
}

/** A 1x1 convolution, or a linear layer, with the tensors of `key`. */
export function dense<T>({ ops, params }: Run<T>, key: string, x: T): T {
  return ops.dense(x, param(params, `${key}.weight`), param(params, `${key}.bias`));
}

/** How many groups a norm over so many channels has. */
export function groupsOf(channels: number): number {
  return Math.min(MOST_GROUPS, channels);
}
