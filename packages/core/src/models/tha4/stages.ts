import { FRAME_SIZE } from '../../image/crop.ts';
import { POSE_SIZE } from '../../pose/parameters.ts';
import { pyramid } from '../blocks/pyramid.ts';
import { imageInput, type Network } from '../network.ts';
import type { Params } from '../params.ts';
import { outputsOf, type Stage, type StageInput, type StageParams } from '../stage.ts';
import { type FacePipelineConfig, type FacePipelineParams, morphFace, prepareFace } from './face-pipeline.ts';
import { THA4_NETWORKS } from './networks.ts';
import { rotateTha4Body, THA4, type Tha4Config } from './pipeline.ts';

/** What a teacher's pipeline is cut into. `prepare` runs once for a picture, `face` and `body` for each pose. */
export interface TeacherStages {
  readonly prepare: Stage;
  readonly face: Stage;
  readonly body: Stage;
}

/** The whole pose, `[n, 45]`. */
export const POSE_INPUT: StageInput = { name: 'pose', shape: [POSE_SIZE], perPicture: false };
function pictureInput(size: number): StageInput {
  return { ...imageInput('image', size), perPicture: true };
}

/** Once for each picture: see `prepareFace`. Its outputs `face` takes under the same names. */
export function prepareStage(
  config: FacePipelineConfig,
  networks: readonly Network[],
  size: number = FRAME_SIZE,
): Stage {
  return {
    name: 'prepare',
    networks: networks.slice(0, 2),
    inputs: [pictureInput(size)],
    run: (ops, params, { image }) =>
      ops.tidy(() => {
        const prepared = prepareFace(ops, config, faceParams(params), image!);
        return {
          ...outputsOf('eyebrow_decomposer', prepared.eyebrowDecomposer),
          encoded_eyebrows: prepared.eyebrows.encodedEyebrows,
        };
      }),
  };
}

/** For each pose: see `morphFace`. */
export function faceStage(config: FacePipelineConfig, networks: readonly Network[], size: number = FRAME_SIZE): Stage {
  const { imageSize } = config.eyebrowMorphingCombiner;
  const encoded = pyramid(config.eyebrowMorphingCombiner).at(-1)!;
  const perPicture = true;
  return {
    name: 'face',
    networks: networks.slice(1, 3),
    inputs: [
      pictureInput(size),
      { ...imageInput('eyebrow_decomposer.background_layer', imageSize), perPicture },
      { ...imageInput('eyebrow_decomposer.eyebrow_layer', imageSize), perPicture },
      { ...imageInput('encoded_eyebrows', encoded.size, encoded.channels), perPicture },
      POSE_INPUT,
    ],
    run: (ops, params, inputs) =>
      ops.tidy(() => {
        const eyebrows = {
          backgroundLayer: inputs['eyebrow_decomposer.background_layer']!,
          eyebrowLayer: inputs['eyebrow_decomposer.eyebrow_layer']!,
          encodedEyebrows: inputs.encoded_eyebrows!,
        };
        const face = morphFace(ops, config, faceParams(params), { image: inputs.image!, eyebrows }, inputs.pose!);
        return {
          face_morphed_full: face.faceMorphedFull,
          ...outputsOf('face_morpher', face.faceMorpher),
          ...outputsOf('eyebrow_morphing_combiner', face.eyebrowMorphingCombiner),
        };
      }),
  };
}

/** Stages of a system of the full one's form. @param networks as `tha4Networks` gives them */
export function tha4Stages(config: Tha4Config, networks: readonly Network[]): TeacherStages {
  const size = config.upscaler.imageSize;
  return {
    prepare: prepareStage(config, networks, size),
    face: faceStage(config, networks, size),
    body: {
      name: 'body',
      networks: networks.slice(3),
      inputs: [{ ...imageInput('face_morphed_full', size), perPicture: false }, POSE_INPUT],
      run: (ops, params, { face_morphed_full: image, pose }) =>
        ops.tidy(() => {
          const own = { bodyMorpher: params.body_morpher!, upscaler: params.upscaler! };
          const { upscaler, bodyMorpher } = rotateTha4Body(ops, config, own, image!, pose!);
          return { ...outputsOf('upscaler', upscaler), ...outputsOf('body_morpher', bodyMorpher) };
        }),
    },
  };
}

/** The full system cut where it pays: what only the picture decides, the face, head and body. */
export const THA4_STAGES: TeacherStages = tha4Stages(THA4, THA4_NETWORKS);

/** The networks' parameters by the names of the face pipeline. A stage has those of its own networks only. */
function faceParams<T>(params: StageParams<T>): FacePipelineParams<T> {
  const none: Params<T> = new Map();
  return {
    eyebrowDecomposer: params.eyebrow_decomposer ?? none,
    eyebrowMorphingCombiner: params.eyebrow_morphing_combiner ?? none,
    faceMorpher: params.face_morpher ?? none,
  };
}
