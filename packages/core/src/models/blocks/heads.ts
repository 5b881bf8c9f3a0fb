import { param } from '../params.ts';
import type { Run } from '../run.ts';

/** Adds the keys of a 3x3 convolution with a bias to a spec. */
export function headSpec(spec: Map<string, readonly number[]>, key: string, ins: number, outs: number): void {
  spec.set(`${key}.0.weight`, [3, 3, ins, outs]).set(`${key}.0.bias`, [outs]);
}

/** Blend factors in (0, 1): convolution and sigmoid. */
export function alphaHead<T>({ ops, params }: Run<T>, key: string, features: T): T {
  return ops.tidy(() => ops.sigmoid(headConvolution({ ops, params }, key, features)));
}

/** Colour in (-1, 1): convolution and tanh. */
export function colorHead<T>({ ops, params }: Run<T>, key: string, features: T): T {
  return ops.tidy(() => ops.tanh(headConvolution({ ops, params }, key, features)));
}

/** Adds the key of a flow head to a spec: it has no bias. */
export function flowHeadSpec(spec: Map<string, readonly number[]>, key: string, ins: number): void {
  spec.set(`${key}.weight`, [3, 3, ins, 2]);
}

/** Appearance flow (x, y) `[n, h, w, 2]`, in units where the picture spans [-1, 1]. */
export function flowHead<T>({ ops, params }: Run<T>, key: string, features: T): T {
  return ops.conv2d(features, param(params, `${key}.weight`), null, 1);
}

function headConvolution<T>({ ops, params }: Run<T>, key: string, features: T): T {
  return ops.conv2d(features, param(params, `${key}.0.weight`), param(params, `${key}.0.bias`), 1);
}
