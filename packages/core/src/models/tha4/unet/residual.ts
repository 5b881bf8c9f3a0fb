import type { Ops } from '../../../ops/ops.ts';
import { normSpec } from '../../blocks/norm.ts';
import { type Params, param } from '../../params.ts';
import type { Run } from '../../run.ts';
import type { ResidualPlan } from './plan.ts';

/** Channels of a norm's group; PyTorch's modules say how many groups instead. Source: `nn/common/unet.py`. */
const MOST_GROUPS = 32;

export function unetResidualSpec(
  spec: Map<string, readonly number[]>,
  { key, ins, outs }: ResidualPlan,
  conditionChannels: number,
): void {
  normSpec(spec, `${key}.norm0`, ins);
  convolutionSpec(spec, `${key}.conv0`, [3, 3, ins, outs]);
  convolutionSpec(spec, `${key}.cond0_layers.1`, [1, conditionChannels, 2 * outs]);
  normSpec(spec, `${key}.norm1`, outs);
  convolutionSpec(spec, `${key}.conv1`, [3, 3, outs, outs]);
  convolutionSpec(spec, `${key}.cond1_layers.1`, [1, conditionChannels, 2 * outs]);
  if (ins !== outs) convolutionSpec(spec, `${key}.skip`, [ins, outs]);
}

/** A weight and the bias that goes with its last axis. */
export function convolutionSpec(spec: Map<string, readonly number[]>, key: string, shape: readonly number[]): void {
  spec.set(`${key}.weight`, shape).set(`${key}.bias`, [shape.at(-1)!]);
}

/**
 * `conv1(silu(modulate(norm1(conv0(sample(silu(norm0(x)))))))) + skip(sample(x))`, modulated by the pose; what the time
 * does to `norm1` is in its weights (`foldTime`).
 *
 * @param condition `[n, 1, 1, conditionChannels]`: the embedded pose after SiLU
 */
export function unetResidual<T>(run: Run<T>, { key, ins, outs, sampling }: ResidualPlan, x: T, condition: T): T {
  const { ops, params } = run;
  const sample = (y: T): T => (sampling === 'same' ? y : sampling === 'down' ? ops.halve(y) : ops.doubleNearest(y));
  const y = ops.tidy(() => {
    const modulations = ops.split(dense(run, `${key}.cond1_layers.1`, condition), [outs, outs]) as [T, T];
    const [scale, shift] = modulations;
    const first = conv(run, `${key}.conv0`, sample(ops.silu(unetNorm(run, `${key}.norm0`, x))));
    const weight = param(params, `${key}.norm1.weight`);
    const bias = param(params, `${key}.norm1.bias`);
    const inner = ops.silu(ops.groupNorm(first, groupsOf(outs), weight, bias, { scale, shift }));
    const sampled = sample(x);
    const skip = ins === outs ? sampled : dense(run, `${key}.skip`, sampled);
    return ops.add(skip, conv(run, `${key}.conv1`, inner));
  });
  run.observe?.(key, y);
  return y;
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
export function dense<T>({ ops, params }: { readonly ops: Ops<T>; readonly params: Params<T> }, key: string, x: T): T {
  return ops.dense(x, param(params, `${key}.weight`), param(params, `${key}.bias`));
}

function groupsOf(channels: number): number {
  return Math.min(MOST_GROUPS, channels);
}
