import type { EncoderDecoderConfig } from '../blocks/encoder-decoder.ts';
import { imageInput, type Network, originalNames } from '../network.ts';
import { EYEBROW_DECOMPOSER, eyebrowDecomposer, eyebrowDecomposerSpec } from './eyebrow-decomposer.ts';
import {
  EYEBROW_MORPHING_COMBINER,
  eyebrowMorphingCombiner,
  eyebrowMorphingCombinerSpec,
  prepareEyebrows,
} from './eyebrow-morphing-combiner.ts';

/** Takes the eyebrows off a face; see `eyebrowDecomposer`. */
export function eyebrowDecomposerNetwork(family: string, config: EncoderDecoderConfig): Network {
  const name = 'eyebrow_decomposer';
  return {
    name,
    namespace: `${family}/${name}`,
    spec: eyebrowDecomposerSpec(config),
    inputs: [imageInput('image', config.imageSize)],
    run: (ops, params, { image }, observe) => originalNames(eyebrowDecomposer(ops, config, params, image!, observe)),
  };
}

/** Morphs the eyebrows and lays them over the face; see `eyebrowMorphingCombiner`. */
export function eyebrowMorphingCombinerNetwork(family: string, config: EncoderDecoderConfig): Network {
  const name = 'eyebrow_morphing_combiner';
  const { imageSize, poseSize } = config;
  return {
    name,
    namespace: `${family}/${name}`,
    spec: eyebrowMorphingCombinerSpec(config),
    inputs: [
      imageInput('background_layer', imageSize),
      imageInput('eyebrow_layer', imageSize),
      { name: 'pose', shape: [poseSize] },
    ],
    run: (ops, params, { background_layer: background, eyebrow_layer: eyebrows, pose }, observe) => {
      return ops.tidy(() => {
        const prepared = prepareEyebrows(ops, config, params, background!, eyebrows!, observe);
        return originalNames(eyebrowMorphingCombiner(ops, config, params, prepared, pose!, observe));
      });
    },
  };
}

/** The full system's networks, in the order in which a frame passes through them. */
export const THA4_NETWORKS: readonly Network[] = [
  eyebrowDecomposerNetwork('tha4', EYEBROW_DECOMPOSER),
  eyebrowMorphingCombinerNetwork('tha4', EYEBROW_MORPHING_COMBINER),
];
