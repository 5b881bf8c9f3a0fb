import type { Spec } from '../../checkpoint/stored-tensor.ts';
import type { Ops } from '../../ops/ops.ts';
import { warp } from '../blocks/blend.ts';
import { colorHead, flowHead, flowHeadSpec, headSpec } from '../blocks/heads.ts';
import type { Params } from '../params.ts';
import type { Observe } from '../run.ts';
import { type ResizeConvConfig, resizeConv, resizeConvSpec } from './resize-conv.ts';

/** The published standard one: 32,662,276 parameters. */
export const THA3_ROTATOR: ResizeConvConfig = {
  imageSize: 256,
  imageChannels: 4,
  poseSize: 6,
  startChannels: 64,
  maxChannels: 512,
  bottleneckSize: 32,
  bottleneckBlocks: 6,
  separable: false,
  firstKernel: 7,
  skips: false,
  keyPrefix: 'encoder_decoder.',
  upInfix: '.1',
};

/** What a rotator returns, in the original's order; every image is `[n, size, size, c]`. */
export interface RotatorOutput<T> {
  /** `c = 4`, in (-1, 1): painted. The pipeline does not use it. */
  readonly directImage: T;
  /** `c = 4`: the input sampled at identity + grid change. */
  readonly warpedImage: T;
  /** `c = 2`: appearance flow (x, y) in units where the picture spans [-1, 1]. */
  readonly gridChange: T;
}

/** Checkpoint key -> shape of every tensor of a rotator, in the original's order. */
export function rotatorSpec(config: ResizeConvConfig): Spec {
  const spec = new Map<string, readonly number[]>();
  resizeConvSpec(spec, config);
  headSpec(spec, 'direct_creator', config.startChannels, 4);
  flowHeadSpec(spec, 'grid_change_creator', config.startChannels);
  return spec;
}

/**
 * Turns head and body at half resolution by two algorithms side by side: painting and warping.
 *
 * @param image `[n, size, size, 4]`: the face-morphed picture at half size, straight alpha
 * @param pose `[n, poseSize]`: the pose's last 6 values
 * @returns images that the caller owns
 * Source: `nn/two_algo_body_rotator/two_algo_face_body_rotator_05.py` of the THA3 demo.
 */
export function rotator<T>(
  ops: Ops<T>,
  config: ResizeConvConfig,
  params: Params<T>,
  image: T,
  pose: T,
  observe?: Observe<T>,
): RotatorOutput<T> {
  const run = { ops, params, observe };
  return ops.tidy(() => {
    const features = resizeConv(run, config, image, pose);
    const gridChange = flowHead(run, 'grid_change_creator', features);
    const directImage = colorHead(run, 'direct_creator', features);
    return { directImage, warpedImage: warp(ops, image, gridChange), gridChange };
  });
}
