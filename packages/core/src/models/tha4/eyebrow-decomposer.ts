import type { Spec } from '../../checkpoint/stored-tensor.ts';
import type { Ops } from '../../ops/ops.ts';
import { blendColor } from '../blocks/blend.ts';
import { decode, type EncoderDecoderConfig, encode, encoderDecoderSpec } from '../blocks/encoder-decoder.ts';
import { alphaHead, colorHead, headSpec } from '../blocks/heads.ts';
import type { Params } from '../params.ts';
import type { Observe } from '../run.ts';

/** The published one: 31,479,434 parameters, 10.0 GMAC. */
export const EYEBROW_DECOMPOSER: EncoderDecoderConfig = {
  imageSize: 128,
  inputChannels: 4,
  poseSize: 0,
  startChannels: 64,
  maxChannels: 512,
  bottleneckSize: 16,
  bottleneckBlocks: 6,
  separable: false,
  keyPrefix: 'body.',
};

/** What a decomposer returns, in the original's order; every image is `[n, size, size, c]`. */
export interface EyebrowDecomposerOutput<T> {
  /** `c = 4`: the eyebrows alone: `alpha image + (1 - alpha) color`; the roles are those of the background swapped. */
  readonly eyebrowLayer: T;
  readonly eyebrowLayerAlpha: T;
  readonly eyebrowLayerColorChange: T;
  /** `c = 4`: the face without eyebrows: `alpha color + (1 - alpha) image`. */
  readonly backgroundLayer: T;
  /** `c = 1`, in (0, 1). */
  readonly backgroundLayerAlpha: T;
  /** `c = 4`, in (-1, 1). */
  readonly backgroundLayerColorChange: T;
}

const HEADS = [
  ['background_layer_alpha', 1],
  ['background_layer_color_change', 4],
  ['eyebrow_layer_alpha', 1],
  ['eyebrow_layer_color_change', 4],
] as const;

/** Checkpoint key -> shape of every tensor of a decomposer, in the original's order. */
export function eyebrowDecomposerSpec(config: EncoderDecoderConfig): Spec {
  const spec = new Map<string, readonly number[]>();
  encoderDecoderSpec(spec, config);
  for (const [key, channels] of HEADS) headSpec(spec, key, config.startChannels, channels);
  return spec;
}

/**
 * Takes the eyebrows off a face. It sees no pose, so one run serves all poses of a picture.
 *
 * @param image `[n, size, size, 4]`, the eyebrow crop of the picture, in the model's space
 * @returns images that the caller owns
 * Source: `nn/eyebrow_decomposer/eyebrow_decomposer_00.py` of the THA4 demo.
 */
export function eyebrowDecomposer<T>(
  ops: Ops<T>,
  config: EncoderDecoderConfig,
  params: Params<T>,
  image: T,
  observe?: Observe<T>,
): EyebrowDecomposerOutput<T> {
  const run = { ops, params, observe };
  return ops.tidy(() => {
    const features = decode(run, config, encode(run, config, image), null);
    const backgroundLayerAlpha = alphaHead(run, 'background_layer_alpha', features);
    const backgroundLayerColorChange = colorHead(run, 'background_layer_color_change', features);
    const eyebrowLayerAlpha = alphaHead(run, 'eyebrow_layer_alpha', features);
    const eyebrowLayerColorChange = colorHead(run, 'eyebrow_layer_color_change', features);
    return {
      eyebrowLayer: blendColor(ops, eyebrowLayerAlpha, image, eyebrowLayerColorChange),
      eyebrowLayerAlpha,
      eyebrowLayerColorChange,
      backgroundLayer: blendColor(ops, backgroundLayerAlpha, backgroundLayerColorChange, image),
      backgroundLayerAlpha,
      backgroundLayerColorChange,
    };
  });
}
