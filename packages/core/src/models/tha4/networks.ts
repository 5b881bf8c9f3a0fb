import type { EncoderDecoderConfig } from '../blocks/encoder-decoder.ts';
import { imageInput, type Network, originalNames } from '../network.ts';
import { teacherBodyMorpher, teacherBodyMorpherSpec } from './body-morpher.ts';
import { eyebrowDecomposer, eyebrowDecomposerSpec } from './eyebrow-decomposer.ts';
import { eyebrowMorphingCombiner, eyebrowMorphingCombinerSpec, prepareEyebrows } from './eyebrow-morphing-combiner.ts';
import { teacherFaceMorpher, teacherFaceMorpherSpec } from './face-morpher.ts';
import { THA4, type Tha4Config } from './pipeline.ts';
import { foldTime } from './unet/fold-time.ts';
import type { UNetConfig } from './unet/plan.ts';
import { upscaler, upscalerSpec } from './upscaler.ts';

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

/** Moves irises and mouth and paints the eyelids; see `teacherFaceMorpher`. */
export function teacherFaceMorpherNetwork(family: string, config: EncoderDecoderConfig): Network {
  const name = 'face_morpher';
  return {
    name,
    namespace: `${family}/${name}`,
    spec: teacherFaceMorpherSpec(config),
    inputs: [imageInput('image', config.imageSize), { name: 'pose', shape: [config.poseSize] }],
    run: (ops, params, { image, pose }, observe) =>
      originalNames(teacherFaceMorpher(ops, config, params, image!, pose!, observe)),
  };
}

/** Turns head and body at half resolution; see `teacherBodyMorpher`. */
export function teacherBodyMorpherNetwork(family: string, config: UNetConfig): Network {
  const name = 'body_morpher';
  return {
    name,
    namespace: `${family}/${name}`,
    spec: teacherBodyMorpherSpec(config),
    fold: foldTime,
    inputs: [imageInput('image', config.imageSize), { name: 'pose', shape: [config.poseSize] }],
    run: (ops, params, { image, pose }, observe) =>
      originalNames(teacherBodyMorpher(ops, config, params, image!, pose!, observe)),
  };
}

/** Paints the frame at full resolution; see `upscaler`. */
export function upscalerNetwork(family: string, config: UNetConfig): Network {
  const name = 'upscaler';
  const { imageSize, poseSize } = config;
  return {
    name,
    namespace: `${family}/${name}`,
    spec: upscalerSpec(config),
    fold: foldTime,
    inputs: [
      imageInput('rest_image', imageSize),
      imageInput('coarse_posed_image', imageSize),
      imageInput('coarse_grid_change', imageSize, 2),
      { name: 'pose', shape: [poseSize] },
    ],
    run: (ops, params, inputs, observe) => {
      const coarse = { image: inputs.coarse_posed_image!, gridChange: inputs.coarse_grid_change! };
      return originalNames(upscaler(ops, config, params, inputs.rest_image!, coarse, inputs.pose!, observe));
    },
  };
}

/** The five networks of a system of the full one's form, in the order in which a frame passes through them. */
export function tha4Networks(family: string, config: Tha4Config): readonly Network[] {
  return [
    eyebrowDecomposerNetwork(family, config.eyebrowDecomposer),
    eyebrowMorphingCombinerNetwork(family, config.eyebrowMorphingCombiner),
    teacherFaceMorpherNetwork(family, config.faceMorpher),
    teacherBodyMorpherNetwork(family, config.bodyMorpher),
    upscalerNetwork(family, config.upscaler),
  ];
}

/** The full system's. */
export const THA4_NETWORKS: readonly Network[] = tha4Networks('tha4', THA4);
