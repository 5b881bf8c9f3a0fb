import { imageInput, type Network, originalNames } from '../network.ts';
import {
  eyebrowDecomposerNetwork,
  eyebrowMorphingCombinerNetwork,
  teacherFaceMorpherNetwork,
} from '../tha4/networks.ts';
import { editor, editorSpec } from './editor.ts';
import { THA3_SEPARABLE, THA3_STANDARD, type Tha3Config } from './pipeline.ts';
import type { ResizeConvConfig } from './resize-conv.ts';
import { rotator, rotatorSpec } from './rotator.ts';

/** Turns head and body at half resolution; see `rotator`. */
export function rotatorNetwork(family: string, config: ResizeConvConfig): Network {
  const name = 'two_algo_face_body_rotator';
  return {
    name,
    namespace: `${family}/${name}`,
    spec: rotatorSpec(config),
    inputs: [imageInput('image', config.imageSize), { name: 'pose', shape: [config.poseSize] }],
    run: (ops, params, { image, pose }, observe) => originalNames(rotator(ops, config, params, image!, pose!, observe)),
  };
}

/** Warps and repaints at full resolution; see `editor`. */
export function editorNetwork(family: string, config: ResizeConvConfig): Network {
  const name = 'editor';
  const { imageSize, poseSize } = config;
  return {
    name,
    namespace: `${family}/${name}`,
    spec: editorSpec(config),
    inputs: [
      imageInput('input_original_image', imageSize),
      imageInput('input_warped_image', imageSize),
      imageInput('input_grid_change', imageSize, 2),
      { name: 'pose', shape: [poseSize] },
    ],
    run: (ops, params, inputs, observe) => {
      const rotated = { warpedImage: inputs.input_warped_image!, gridChange: inputs.input_grid_change! };
      return originalNames(editor(ops, config, params, inputs.input_original_image!, rotated, inputs.pose!, observe));
    },
  };
}

/** The networks of each of THA3's systems, in the order in which a frame passes through them. */
export const THA3_NETWORKS: { readonly standard: readonly Network[]; readonly separable: readonly Network[] } = {
  standard: tha3Networks('tha3/standard', THA3_STANDARD),
  separable: tha3Networks('tha3/separable', THA3_SEPARABLE),
};

/** The five networks of a system of THA3's form. */
export function tha3Networks(family: string, config: Tha3Config): readonly Network[] {
  return [
    eyebrowDecomposerNetwork(family, config.eyebrowDecomposer),
    eyebrowMorphingCombinerNetwork(family, config.eyebrowMorphingCombiner),
    teacherFaceMorpherNetwork(family, config.faceMorpher),
    rotatorNetwork(family, config.rotator),
    editorNetwork(family, config.editor),
  ];
}
