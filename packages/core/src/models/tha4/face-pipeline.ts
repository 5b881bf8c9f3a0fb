import type { Crop } from '../../image/crop.ts';
import type { Ops } from '../../ops/ops.ts';
import { matchBatch } from '../blocks/blend.ts';
import type { EncoderDecoderConfig } from '../blocks/encoder-decoder.ts';
import type { Params } from '../params.ts';
import { type EyebrowDecomposerOutput, eyebrowDecomposer } from './eyebrow-decomposer.ts';
import {
  type EyebrowMorphingCombinerOutput,
  eyebrowMorphingCombiner,
  type PreparedEyebrows,
  prepareEyebrows,
} from './eyebrow-morphing-combiner.ts';
import { type TeacherFaceMorpherOutput, teacherFaceMorpher } from './face-morpher.ts';

/** The networks of a face, and where they look. THA3 and THA4 have the same. */
export interface FacePipelineConfig {
  readonly eyebrowDecomposer: EncoderDecoderConfig;
  readonly eyebrowMorphingCombiner: EncoderDecoderConfig;
  readonly faceMorpher: EncoderDecoderConfig;
  readonly eyebrowCrop: Crop;
  readonly faceCrop: Crop;
}

export interface FacePipelineParams<T> {
  readonly eyebrowDecomposer: Params<T>;
  readonly eyebrowMorphingCombiner: Params<T>;
  readonly faceMorpher: Params<T>;
}

/** All that does not depend on the pose. */
export interface PreparedFace<T> {
  /** `[1, size, size, 4]`, the picture as it was given. */
  readonly image: T;
  readonly eyebrowDecomposer: EyebrowDecomposerOutput<T>;
  readonly eyebrows: PreparedEyebrows<T>;
}

/** What poses make of the face. */
export interface MorphedFace<T> {
  readonly eyebrowMorphingCombiner: EyebrowMorphingCombinerOutput<T>;
  readonly faceMorpher: TeacherFaceMorpherOutput<T>;
  /** `[n, size, size, 4]`: the picture with the morphed face in it. */
  readonly faceMorphedFull: T;
}

/** How a pose is cut: eyebrows, face, then what turns head and body. */
const EYEBROW_POSE = 12;
const FACE_POSE = 27;

/**
 * What a picture needs once, whatever the poses: the decomposer, and the combiner up to where the pose comes in.
 *
 * @param image `[1, size, size, 4]` in the model's space
 * @returns tensors that the caller owns, apart from `image`
 */
export function prepareFace<T>(
  ops: Ops<T>,
  config: FacePipelineConfig,
  params: Pick<FacePipelineParams<T>, 'eyebrowDecomposer' | 'eyebrowMorphingCombiner'>,
  image: T,
): PreparedFace<T> {
  return ops.tidy(() => {
    const crop = cropOf(ops, image, config.eyebrowCrop);
    const layers = eyebrowDecomposer(ops, config.eyebrowDecomposer, params.eyebrowDecomposer, crop);
    const eyebrows = prepareEyebrows(
      ops,
      config.eyebrowMorphingCombiner,
      params.eyebrowMorphingCombiner,
      layers.backgroundLayer,
      layers.eyebrowLayer,
    );
    return { image, eyebrowDecomposer: layers, eyebrows };
  });
}

/**
 * Poses the face of a prepared picture: eyebrows, then irises, mouth and eyelids.
 *
 * @param pose `[n, 45]` float32
 * @returns images that the caller owns
 * Source: `poser/modes/mode_07.py` of the THA4 demo.
 */
export function morphFace<T>(
  ops: Ops<T>,
  config: FacePipelineConfig,
  params: Pick<FacePipelineParams<T>, 'eyebrowMorphingCombiner' | 'faceMorpher'>,
  { image, eyebrows }: Pick<PreparedFace<T>, 'image' | 'eyebrows'>,
  pose: T,
): MorphedFace<T> {
  const [n, poseSize] = ops.shape(pose) as [number, number];
  const { eyebrowCrop, faceCrop } = config;
  return ops.tidy(() => {
    const poses = ops.split(pose, [EYEBROW_POSE, FACE_POSE, poseSize - EYEBROW_POSE - FACE_POSE]);
    const [eyebrowPose, facePose] = poses as [T, T];
    const combined = eyebrowMorphingCombiner(
      ops,
      config.eyebrowMorphingCombiner,
      params.eyebrowMorphingCombiner,
      eyebrows,
      eyebrowPose,
    );
    const face = ops.paste(
      matchBatch(ops, cropOf(ops, image, faceCrop), n),
      combined.eyebrowImageNoCombineAlpha,
      eyebrowCrop.top - faceCrop.top,
      eyebrowCrop.left - faceCrop.left,
    );
    const faceMorpher = teacherFaceMorpher(ops, config.faceMorpher, params.faceMorpher, face, facePose);
    const whole = matchBatch(ops, image, n);
    return {
      eyebrowMorphingCombiner: combined,
      faceMorpher,
      faceMorphedFull: ops.paste(whole, faceMorpher.outputImage, faceCrop.top, faceCrop.left),
    };
  });
}

/** The values of a pose that turn head and body. @param pose `[n, 45]` */
export function bodyPose<T>(ops: Ops<T>, pose: T): T {
  const [, poseSize] = ops.shape(pose) as [number, number];
  const face = EYEBROW_POSE + FACE_POSE;
  return ops.tidy(() => ops.split(pose, [face, poseSize - face])[1]!);
}

function cropOf<T>(ops: Ops<T>, image: T, { top, left, height, width }: Crop): T {
  return ops.crop(image, top, left, height, width);
}
