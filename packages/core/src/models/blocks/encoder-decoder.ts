import type { Run } from '../run.ts';
import { blockConvolution, type ConvBlock, convBlock, convBlockSpec, finishConvBlock } from './conv-block.ts';
import { type PyramidConfig, pyramid } from './pyramid.ts';
import { type ResidualBlock, residualBlock, residualBlockSpec } from './residual-block.ts';

/** Numbers that fix an encoder-decoder whose narrowest part sees the pose. */
export interface EncoderDecoderConfig extends PyramidConfig {
  readonly inputChannels: number;
  /** Pose values; 0 for a network that sees none. */
  readonly poseSize: number;
  readonly bottleneckBlocks: number;
  /** Whether convolutions are a filter per channel and a 1x1 convolution. */
  readonly separable: boolean;
  /** What stands before its keys. */
  readonly keyPrefix: string;
}

export function encoderDecoderSpec(spec: Map<string, readonly number[]>, config: EncoderDecoderConfig): void {
  for (const block of downBlocks(config)) convBlockSpec(spec, block);
  convBlockSpec(spec, poseBlock(config));
  for (const block of residualBlocks(config)) residualBlockSpec(spec, block);
  for (const block of upBlocks(config)) convBlockSpec(spec, block);
}

/**
 * The half that does not see the pose, up to and with the picture's part of the convolution where the pose comes in.
 *
 * @param image `[n, s, s, inputChannels]`
 * @returns `[n, b, b, channels]` for `decode`
 */
export function encode<T>(run: Run<T>, config: EncoderDecoderConfig, image: T): T {
  return run.ops.tidy(() => {
    const features = downBlocks(config).reduce((x, block) => convBlock(run, block, x), image);
    return blockConvolution(run, poseBlock(config), features);
  });
}

/**
 * The half that sees the pose.
 *
 * The original joins the features with the pose as constant planes, and convolves; a convolution is a sum over its
 * inputs, so the features' part is computed once for a picture (`encode`) and the pose's is added.
 *
 * @param encoded what `encode` returned, `[n, ...]` or `[1, ...]` for all poses
 * @param pose `[n, poseSize]`, or `null` where the network has none
 * @returns features `[n, s, s, startChannels]`
 * Source: `nn/common/poser_encoder_decoder_00.py` of the THA4 demo; separable: `poser_encoder_decoder_00_separable.py`
 *   of the THA3 demo.
 */
export function decode<T>(run: Run<T>, config: EncoderDecoderConfig, encoded: T, pose: T | null): T {
  const { ops } = run;
  const first = poseBlock(config);
  return ops.tidy(() => {
    const size = config.bottleneckSize;
    const joined =
      pose === null
        ? encoded
        : ops.add(encoded, blockConvolution(run, first, ops.poseImage(pose, size, size), first.ins - config.poseSize));
    const features = residualBlocks(config).reduce(
      (x, block) => residualBlock(run, block, x),
      finishConvBlock(run, first, joined),
    );
    return upBlocks(config).reduce((x, block) => convBlock(run, block, x), features);
  });
}

function block(config: EncoderDecoderConfig, name: string, form: Omit<ConvBlock, 'key' | 'separable' | 'activation'>) {
  const { keyPrefix, separable } = config;
  return { ...form, key: `${keyPrefix}${name}`, separable, activation: 'relu' } as const;
}

function downBlocks(config: EncoderDecoderConfig): ConvBlock[] {
  let ins = config.inputChannels;
  return pyramid(config).map(({ channels: outs }, i) => {
    const name = `downsample_blocks.${i}`;
    const form = i === 0 ? ({ kernel: 3, size: 'same' } as const) : ({ kernel: 4, size: 'down' } as const);
    const down = block(config, name, { ins, outs, ...form });
    ins = outs;
    return down;
  });
}

function poseBlock(config: EncoderDecoderConfig): ConvBlock {
  const outs = pyramid(config).at(-1)!.channels;
  return block(config, 'bottleneck_blocks.0', { ins: outs + config.poseSize, outs, kernel: 3, size: 'same' });
}

function residualBlocks(config: EncoderDecoderConfig): ResidualBlock[] {
  const { keyPrefix, separable } = config;
  const { channels } = pyramid(config).at(-1)!;
  return Array.from({ length: config.bottleneckBlocks - 1 }, (_, i) => {
    return { key: `${keyPrefix}bottleneck_blocks.${i + 1}`, channels, separable, activation: 'relu' as const };
  });
}

function upBlocks(config: EncoderDecoderConfig): ConvBlock[] {
  const levels = pyramid(config).reverse();
  return levels.slice(1).map(({ channels: outs }, i) => {
    const ins = levels[i]!.channels;
    return block(config, `upsample_blocks.${i}`, { ins, outs, kernel: 4, size: 'up' });
  });
}
