import type { Spec } from '../../checkpoint/stored-tensor.ts';
import type { Ops } from '../../ops/ops.ts';
import { warp } from '../blocks/blend.ts';
import type { Params } from '../params.ts';
import type { Observe } from '../run.ts';
import { BODY_CHANNELS, formBody, type TeacherBodyOutput } from './teacher-body.ts';
import { conv, layerSpec } from './unet/layers.ts';
import type { UNetConfig } from './unet/plan.ts';
import { unet, unetSpec } from './unet/unet.ts';

/** The published one: 35,015,655 parameters, 161 GMAC. */
export const UPSCALER: UNetConfig = {
  imageSize: 512,
  inputChannels: 4,
  outputChannels: BODY_CHANNELS,
  modelChannels: 32,
  multipliers: [1, 2, 4, 8, 8, 8],
  attention: [false, false, false, false, false, true],
  blocksPerLevel: 1,
  middleBlocks: 4,
  timeChannels: 32,
  poseSize: 6,
  conditionChannels: 256,
  heads: 8,
};

/** Coarse image, warped image and coarse flow. */
const COARSE_CHANNELS = 4 + 4 + 2;

/** Checkpoint key -> shape of every tensor of an upscaler's file. */
export function upscalerSpec(config: UNetConfig): Spec {
  const spec = new Map<string, readonly number[]>();
  unetSpec(spec, config);
  layerSpec(spec, 'coarse_image_conv', [3, 3, COARSE_CHANNELS, config.modelChannels]);
  return spec;
}

/** What the body morpher made of the pose, enlarged to the upscaler's size. */
export interface CoarseBody<T> {
  /** `[n, size, size, 4]` */
  readonly image: T;
  /** `[n, size, size, 2]` */
  readonly gridChange: T;
}

/**
 * Paints the frame at full resolution, with the coarse one as a hint.
 *
 * @param params with the time folded: see `networkWeights`
 * @param restImage `[n, size, size, 4]`: the face-morphed picture, in the model's space
 * @param pose `[n, poseSize]`: the pose's last 6 values
 * @returns images that the caller owns; `merged` is the frame
 * Source: `nn/upscaler/upscaler_02.py` of the THA4 demo.
 */
export function upscaler<T>(
  ops: Ops<T>,
  config: UNetConfig,
  params: Params<T>,
  restImage: T,
  coarse: CoarseBody<T>,
  pose: T,
  observe?: Observe<T>,
): TeacherBodyOutput<T> {
  const run = { ops, params, observe };
  return ops.tidy(() => {
    const warped = warp(ops, restImage, coarse.gridChange);
    const addition = conv(run, 'coarse_image_conv', ops.concat([coarse.image, warped, coarse.gridChange]));
    observe?.('coarse_image_conv', addition);
    return formBody(run, unet(run, config, restImage, pose, addition), restImage);
  });
}
