import { type ConvBlock, convBlock, convBlockSpec } from '../blocks/conv-block.ts';
import { type PyramidConfig, pyramid } from '../blocks/pyramid.ts';
import { type ResidualBlock, residualBlock, residualBlockSpec } from '../blocks/residual-block.ts';
import type { Run } from '../run.ts';

/** Numbers that fix an encoder-decoder whose way up enlarges first and convolves then. */
export interface ResizeConvConfig extends PyramidConfig {
  /** Those of pictures and flows; the pose comes on top. */
  readonly imageChannels: number;
  /** Pose values, each a constant plane of the input. */
  readonly poseSize: number;
  readonly bottleneckBlocks: number;
  /** Whether convolutions are a filter per channel and a 1x1 convolution. */
  readonly separable: boolean;
  readonly firstKernel: 3 | 7;
  /** Whether the way up also sees what the way down had at the same size. */
  readonly skips: boolean;
  /** What stands before its keys. */
  readonly keyPrefix: string;
  /** What stands between an enlarging block's number and its parts. */
  readonly upInfix: string;
}

export function resizeConvSpec(spec: Map<string, readonly number[]>, config: ResizeConvConfig): void {
  for (const block of downBlocks(config)) convBlockSpec(spec, block);
  for (const block of residualBlocks(config)) residualBlockSpec(spec, block);
  for (const block of upBlocks(config)) convBlockSpec(spec, block);
}

/**
 * Runs such an encoder-decoder; the pose is joined to its input as constant planes.
 *
 * @param image `[n, s, s, imageChannels]`
 * @param pose `[n, poseSize]`
 * @returns features `[n, s, s, startChannels]`
 * Source: `nn/common/resize_conv_encoder_decoder.py` and `resize_conv_unet.py` of the THA3 demo.
 */
export function resizeConv<T>(run: Run<T>, config: ResizeConvConfig, image: T, pose: T): T {
  const { ops } = run;
  const { imageSize, skips } = config;
  return ops.tidy(() => {
    let x = ops.concat([image, ops.poseImage(pose, imageSize, imageSize)]);
    const kept: T[] = [];
    for (const block of downBlocks(config)) kept.push((x = convBlock(run, block, x)));
    kept.pop();
    for (const block of residualBlocks(config)) x = residualBlock(run, block, x);
    for (const block of upBlocks(config)) x = enlarge(run, block, x, skips ? kept.pop()! : null);
    return x;
  });
}

function enlarge<T>(run: Run<T>, block: ConvBlock, x: T, skip: T | null): T {
  const { ops } = run;
  return ops.tidy(() => {
    const larger = ops.doubleNearest(x);
    return convBlock(run, block, skip === null ? larger : ops.concat([larger, skip]));
  });
}

function downBlocks(config: ResizeConvConfig): ConvBlock[] {
  const { keyPrefix, separable } = config;
  let ins = config.imageChannels + config.poseSize;
  return pyramid(config).map(({ channels: outs }, i): ConvBlock => {
    const key = `${keyPrefix}downsample_blocks.${i}`;
    const own = { key, ins, outs, separable };
    ins = outs;
    if (i === 0) return { ...own, kernel: config.firstKernel, size: 'same', activation: 'leaky' };
    // Only the separable ones are leaky here: the plain ones' factory drops what it is told, and plain ReLU remains.
    return { ...own, kernel: 4, size: 'down', activation: separable ? 'leaky' : 'relu' };
  });
}

function residualBlocks(config: ResizeConvConfig): ResidualBlock[] {
  const { keyPrefix, separable, bottleneckBlocks } = config;
  const { channels } = pyramid(config).at(-1)!;
  return Array.from({ length: bottleneckBlocks }, (_, i) => {
    return { key: `${keyPrefix}bottleneck_blocks.${i}`, channels, separable, activation: 'leaky' as const };
  });
}

function upBlocks(config: ResizeConvConfig): ConvBlock[] {
  const { keyPrefix, separable, skips, upInfix } = config;
  const levels = pyramid(config).reverse();
  return levels.slice(1).map(({ channels: outs }, i) => {
    const module = `${keyPrefix}upsample_blocks.${i}`;
    const ins = levels[i]!.channels + (skips ? outs : 0);
    return { key: module + upInfix, module, ins, outs, separable, kernel: 3, size: 'same', activation: 'leaky' };
  });
}
