import type { Spec } from '../../checkpoint/stored-tensor.ts';
import type { Ops } from '../../ops/ops.ts';
import { blendColor, warp } from '../blocks/blend.ts';
import { alphaHead, colorHead, flowHead, flowHeadSpec, headSpec } from '../blocks/heads.ts';
import type { Params } from '../params.ts';
import type { Observe } from '../run.ts';
import { type ResizeConvConfig, resizeConv, resizeConvSpec } from './resize-conv.ts';

/** The published standard one: 8,361,672 parameters. */
export const THA3_EDITOR: ResizeConvConfig = {
  imageSize: 512,
  imageChannels: 4 + 4 + 2,
  poseSize: 6,
  startChannels: 32,
  maxChannels: 512,
  bottleneckSize: 64,
  bottleneckBlocks: 6,
  separable: false,
  firstKernel: 3,
  skips: true,
  keyPrefix: 'body.',
  upInfix: '',
};

/** What an editor returns, in the original's order; every image is `[n, size, size, c]`. */
export interface EditorOutput<T> {
  /** `c = 4`: `alpha color + (1 - alpha) warped`, the frame. */
  readonly colorChangedImage: T;
  /** `c = 4`, in (0, 1): one factor for each channel. */
  readonly colorChangeAlpha: T;
  /** `c = 4`, in (-1, 1). */
  readonly colorChange: T;
  /** `c = 4`: the original sampled at identity + grid change. */
  readonly warpedImage: T;
  /** `c = 2`: the rotator's flow and what the editor adds to it. */
  readonly gridChange: T;
}

/** What the rotator made of the pose, enlarged to the editor's size. */
export interface RotatedImage<T> {
  /** `[n, size, size, 4]` */
  readonly warpedImage: T;
  /** `[n, size, size, 2]` */
  readonly gridChange: T;
}

/** Checkpoint key -> shape of every tensor of an editor, in the original's order. */
export function editorSpec(config: ResizeConvConfig): Spec {
  const spec = new Map<string, readonly number[]>();
  resizeConvSpec(spec, config);
  headSpec(spec, 'color_change_creator', config.startChannels, 4);
  headSpec(spec, 'alpha_creator', config.startChannels, 4);
  flowHeadSpec(spec, 'grid_change_creator', config.startChannels);
  return spec;
}

/**
 * Warps at full resolution by a corrected flow, and repaints what warping cannot.
 *
 * @param image `[n, size, size, 4]`: the face-morphed picture, straight alpha
 * @param pose `[n, poseSize]`: the pose's last 6 values
 * @returns images that the caller owns; `colorChangedImage` is the frame
 * Source: `nn/editor/editor_07.py` of the THA3 demo.
 */
export function editor<T>(
  ops: Ops<T>,
  config: ResizeConvConfig,
  params: Params<T>,
  image: T,
  rotated: RotatedImage<T>,
  pose: T,
  observe?: Observe<T>,
): EditorOutput<T> {
  const run = { ops, params, observe };
  return ops.tidy(() => {
    const joined = ops.concat([image, rotated.warpedImage, rotated.gridChange]);
    const features = resizeConv(run, config, joined, pose);
    const gridChange = ops.add(rotated.gridChange, flowHead(run, 'grid_change_creator', features));
    const warpedImage = warp(ops, image, gridChange);
    const colorChange = colorHead(run, 'color_change_creator', features);
    const colorChangeAlpha = alphaHead(run, 'alpha_creator', features);
    const colorChangedImage = blendColor(ops, colorChangeAlpha, colorChange, warpedImage);
    return { colorChangedImage, colorChangeAlpha, colorChange, warpedImage, gridChange };
  });
}
