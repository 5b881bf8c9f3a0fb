import type { Spec } from '../../checkpoint/stored-tensor.ts';
import type { Ops } from '../../ops/ops.ts';
import { blendColor, blendRgb, matchBatch, warp } from '../blocks/blend.ts';
import { decode, type EncoderDecoderConfig, encode, encoderDecoderSpec } from '../blocks/encoder-decoder.ts';
import { alphaHead, colorHead, flowHead, flowHeadSpec, headSpec } from '../blocks/heads.ts';
import type { Params } from '../params.ts';
import type { Observe } from '../run.ts';
import { EYEBROW_DECOMPOSER } from './eyebrow-decomposer.ts';

/** The published one: 31,535,878 parameters, 10.0 GMAC. */
export const EYEBROW_MORPHING_COMBINER: EncoderDecoderConfig = {
  ...EYEBROW_DECOMPOSER,
  inputChannels: 8,
  poseSize: 12,
};

/** What a combiner returns, in the original's order; every image is `[n, size, size, c]`. */
export interface EyebrowMorphingCombinerOutput<T> {
  /** `c = 4`: the morphed eyebrows over the background's colours by `combineAlpha`. */
  readonly eyebrowImage: T;
  /** `c = 1`, in (0, 1). */
  readonly combineAlpha: T;
  /** `c = 4`: the same by the morphed layer's own alpha channel. This is what the pipeline goes on with. */
  readonly eyebrowImageNoCombineAlpha: T;
  /** `c = 4` */
  readonly morphedEyebrowLayer: T;
  readonly morphedEyebrowLayerAlpha: T;
  readonly morphedEyebrowLayerColorChange: T;
  /** `c = 4` */
  readonly warpedEyebrowLayer: T;
  /** `c = 2`: appearance flow (x, y) in units where the picture spans [-1, 1]. */
  readonly morphedEyebrowLayerGridChange: T;
}

/** Checkpoint key -> shape of every tensor of a combiner, in the original's order. */
export function eyebrowMorphingCombinerSpec(config: EncoderDecoderConfig): Spec {
  const spec = new Map<string, readonly number[]>();
  encoderDecoderSpec(spec, config);
  flowHeadSpec(spec, 'morphed_eyebrow_layer_grid_change', config.startChannels);
  headSpec(spec, 'morphed_eyebrow_layer_alpha', config.startChannels, 1);
  headSpec(spec, 'morphed_eyebrow_layer_color_change', config.startChannels, 4);
  headSpec(spec, 'combine_alpha', config.startChannels, 1);
  return spec;
}

/** What a combiner computes of the two layers alone: the layers, and the encoded features. */
export interface PreparedEyebrows<T> {
  readonly backgroundLayer: T;
  readonly eyebrowLayer: T;
  readonly encodedEyebrows: T;
}

/** The part that does not see the pose: 2.3 of the 10.0 GMAC. @param backgroundLayer `[n, size, size, 4]` */
export function prepareEyebrows<T>(
  ops: Ops<T>,
  config: EncoderDecoderConfig,
  params: Params<T>,
  backgroundLayer: T,
  eyebrowLayer: T,
  observe?: Observe<T>,
): PreparedEyebrows<T> {
  const encodedEyebrows = ops.tidy(() =>
    encode({ ops, params, observe }, config, ops.concat([backgroundLayer, eyebrowLayer])),
  );
  return { backgroundLayer, eyebrowLayer, encodedEyebrows };
}

/**
 * Morphs the eyebrows and lays them over the face again.
 *
 * @param prepared of one picture for all poses, or of as many as there are poses
 * @param pose `[n, poseSize]`: the pose's first 12 values
 * @returns images that the caller owns
 * Source: `nn/eyebrow_morphing_combiner/eyebrow_morphing_combiner_00.py` of the THA4 demo.
 */
export function eyebrowMorphingCombiner<T>(
  ops: Ops<T>,
  config: EncoderDecoderConfig,
  params: Params<T>,
  prepared: PreparedEyebrows<T>,
  pose: T,
  observe?: Observe<T>,
): EyebrowMorphingCombinerOutput<T> {
  const run = { ops, params, observe };
  const n = ops.shape(pose)[0]!;
  return ops.tidy(() => {
    const background = matchBatch(ops, prepared.backgroundLayer, n);
    const eyebrows = matchBatch(ops, prepared.eyebrowLayer, n);
    const features = decode(run, config, prepared.encodedEyebrows, pose);
    const gridChange = flowHead(run, 'morphed_eyebrow_layer_grid_change', features);
    const alpha = alphaHead(run, 'morphed_eyebrow_layer_alpha', features);
    const color = colorHead(run, 'morphed_eyebrow_layer_color_change', features);
    const combineAlpha = alphaHead(run, 'combine_alpha', features);
    const warpedEyebrowLayer = warp(ops, eyebrows, gridChange);
    const morphedEyebrowLayer = blendColor(ops, alpha, color, warpedEyebrowLayer);
    return {
      eyebrowImage: blendRgb(ops, combineAlpha, morphedEyebrowLayer, background),
      combineAlpha,
      eyebrowImageNoCombineAlpha: blendRgb(ops, opacity(ops, morphedEyebrowLayer), morphedEyebrowLayer, background),
      morphedEyebrowLayer,
      morphedEyebrowLayerAlpha: alpha,
      morphedEyebrowLayerColorChange: color,
      warpedEyebrowLayer,
      morphedEyebrowLayerGridChange: gridChange,
    };
  });
}

/** The alpha channel of a picture in [-1, 1], as a factor in [0, 1]. */
function opacity<T>(ops: Ops<T>, image: T): T {
  return ops.tidy(() => {
    const half = ops.constant(Float32Array.of(0.5), [1, 1, 1, 1]);
    return ops.add(ops.mul(ops.split(image, [3, 1])[1]!, half), half);
  });
}
