import { normSpec } from '../../blocks/norm.ts';
import { param } from '../../params.ts';
import type { Run } from '../../run.ts';
import { conv, dense, groupsOf, layerSpec, unetNorm } from './layers.ts';
import type { ResidualPlan } from './plan.ts';

export function unetResidualSpec(
  spec: Map<string, readonly number[]>,
  { key, ins, outs }: ResidualPlan,
  conditionChannels: number,
): void {
  normSpec(spec, `${key}.norm0`, ins);
  layerSpec(spec, `${key}.conv0`, [3, 3, ins, outs]);
  layerSpec(spec, `${key}.cond0_layers.1`, [1, conditionChannels, 2 * outs]);
  normSpec(spec, `${key}.norm1`, outs);
  layerSpec(spec, `${key}.conv1`, [3, 3, outs, outs]);
  layerSpec(spec, `${key}.cond1_layers.1`, [1, conditionChannels, 2 * outs]);
  if (ins !== outs) layerSpec(spec, `${key}.skip`, [ins, outs]);
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
