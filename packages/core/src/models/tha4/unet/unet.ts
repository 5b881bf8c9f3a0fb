import { normSpec } from '../../blocks/norm.ts';
import type { Run } from '../../run.ts';
import { unetAttention, unetAttentionSpec } from './attention.ts';
import { conv, dense, layerSpec, unetNorm } from './layers.ts';
import { planUNet, type StepPlan, type UNetConfig } from './plan.ts';
import { unetResidual, unetResidualSpec } from './residual.ts';

/** Adds the tensors of a U-Net as the file has them; `unet` takes them with the time folded (`foldTime`). */
export function unetSpec(spec: Map<string, readonly number[]>, config: UNetConfig): void {
  const { timeChannels, conditionChannels, poseSize, modelChannels, inputChannels, outputChannels } = config;
  layerSpec(spec, 'body.time_embed.1', [1, timeChannels, conditionChannels]);
  layerSpec(spec, 'body.time_embed.3', [1, conditionChannels, conditionChannels]);
  layerSpec(spec, 'body.cond_embed.0', [1, poseSize, conditionChannels]);
  layerSpec(spec, 'body.cond_embed.2', [1, conditionChannels, conditionChannels]);
  layerSpec(spec, 'body.first_conv', [3, 3, inputChannels, modelChannels]);
  const { down, middle, up, width } = planUNet(config);
  for (const { block, attention } of [...down, ...middle, ...up]) {
    unetResidualSpec(spec, block, conditionChannels);
    if (attention !== null) unetAttentionSpec(spec, attention, block.outs);
  }
  normSpec(spec, 'body.last.0', width);
  layerSpec(spec, 'body.last.2', [3, 3, width, outputChannels]);
}

/**
 * Runs a U-Net whose residual blocks see the pose.
 *
 * @param image `[n, s, s, inputChannels]`
 * @param pose `[n, poseSize]`
 * @param addition `[n, s, s, modelChannels]`, added to the first convolution's output, or `null`
 * @returns `[n, s, s, outputChannels]`
 * Source: `nn/common/unet.py` of the THA4 demo.
 */
export function unet<T>(run: Run<T>, config: UNetConfig, image: T, pose: T, addition: T | null): T {
  const { ops } = run;
  const { down, middle, up } = planUNet(config);
  return ops.tidy(() => {
    const condition = poseCondition(run, pose);
    const step = ({ block, attention }: StepPlan, input: T): T => {
      const y = unetResidual(run, block, input, condition);
      return attention === null ? y : unetAttention(run, attention, y, config.heads);
    };
    const first = conv(run, 'body.first_conv', image);
    run.observe?.('body.first_conv', first);
    let x = addition === null ? first : ops.add(first, addition);
    const kept = [x];
    for (const each of down) kept.push((x = step(each, x)));
    for (const each of middle) x = step(each, x);
    for (const each of up) x = step(each, each.block.sampling === 'up' ? x : ops.concat([x, kept.pop()!]));
    const output = conv(run, 'body.last.2', ops.silu(unetNorm(run, 'body.last.0', x)));
    run.observe?.('body.last', output);
    return output;
  });
}

/** The embedded pose after the SiLU with which every block begins: `[n, 1, 1, conditionChannels]`. */
function poseCondition<T>(run: Run<T>, pose: T): T {
  const { ops } = run;
  return ops.tidy(() => {
    const hidden = ops.silu(dense(run, 'body.cond_embed.0', ops.poseImage(pose, 1, 1)));
    const embedded = dense(run, 'body.cond_embed.2', hidden);
    run.observe?.('body.cond_embed', embedded);
    return ops.silu(embedded);
  });
}
