import { EYEBROW_CROP, TEACHER_FACE_CROP } from '../../image/crop.ts';
import type { Ops } from '../../ops/ops.ts';
import type { Params } from '../params.ts';
import { outputsOf } from '../stage.ts';
import { TEACHER_BODY_MORPHER, teacherBodyMorpher } from './body-morpher.ts';
import { EYEBROW_DECOMPOSER } from './eyebrow-decomposer.ts';
import { EYEBROW_MORPHING_COMBINER } from './eyebrow-morphing-combiner.ts';
import { TEACHER_FACE_MORPHER } from './face-morpher.ts';
import {
  bodyPose,
  type FacePipelineConfig,
  type FacePipelineParams,
  type MorphedFace,
  morphFace,
  type PreparedFace,
  prepareFace,
} from './face-pipeline.ts';
import type { TeacherBodyOutput } from './teacher-body.ts';
import type { UNetConfig } from './unet/plan.ts';
import { UPSCALER, upscaler } from './upscaler.ts';

/** Numbers that fix the full system. */
export interface Tha4Config extends FacePipelineConfig {
  readonly bodyMorpher: UNetConfig;
  readonly upscaler: UNetConfig;
}

/** The published one: 164,318,088 parameters; 323 GMAC for the first frame of a picture, 311 for each further one. */
export const THA4: Tha4Config = {
  eyebrowDecomposer: EYEBROW_DECOMPOSER,
  eyebrowMorphingCombiner: EYEBROW_MORPHING_COMBINER,
  faceMorpher: TEACHER_FACE_MORPHER,
  bodyMorpher: TEACHER_BODY_MORPHER,
  upscaler: UPSCALER,
  eyebrowCrop: EYEBROW_CROP,
  faceCrop: TEACHER_FACE_CROP,
};

/** Tensors of the five networks, each as `networkWeights` gives them. */
export interface Tha4Params<T> extends FacePipelineParams<T> {
  readonly bodyMorpher: Params<T>;
  readonly upscaler: Params<T>;
}

/** Head and body turned, coarse and fine. */
export interface RotatedBody<T> {
  /** At full size; `merged` is the frame. */
  readonly upscaler: TeacherBodyOutput<T>;
  /** At half size. */
  readonly bodyMorpher: TeacherBodyOutput<T>;
}

/** All that the full system computes for a batch of poses. */
export interface Tha4Output<T> extends RotatedBody<T>, MorphedFace<T> {}

/**
 * What a picture needs once, whatever the poses. Keep it while the picture stays.
 *
 * @param image `[1, 512, 512, 4]` the character in model space (`imageToModel`)
 * @returns tensors that the caller owns, apart from `image`
 */
export function prepareTha4<T>(
  ops: Ops<T>,
  config: Tha4Config,
  params: Pick<Tha4Params<T>, 'eyebrowDecomposer' | 'eyebrowMorphingCombiner'>,
  image: T,
): PreparedFace<T> {
  return prepareFace(ops, config, params, image);
}

/**
 * Paints a prepared picture in poses: `morphFace`, then `rotateTha4Body`. Whoever only needs the face, or only turns the
 * body again, calls one of them.
 *
 * @param pose `[n, 45]` float32
 * @returns images that the caller owns; `upscaler.merged` is the frame
 * Source: `poser/modes/mode_07.py` of the THA4 demo.
 */
export function poseTha4<T>(
  ops: Ops<T>,
  config: Tha4Config,
  params: Omit<Tha4Params<T>, 'eyebrowDecomposer'>,
  prepared: Pick<PreparedFace<T>, 'image' | 'eyebrows'>,
  pose: T,
): Tha4Output<T> {
  return ops.tidy(() => {
    const face = morphFace(ops, config, params, prepared, pose);
    return { ...face, ...rotateTha4Body(ops, config, params, face.faceMorphedFull, pose) };
  });
}

/**
 * Turns head and body of pictures whose faces are posed.
 *
 * @param faceMorphedFull `[n, 512, 512, 4]` in model space
 * @param pose `[n, 45]` float32
 * @returns images that the caller owns
 */
export function rotateTha4Body<T>(
  ops: Ops<T>,
  config: Pick<Tha4Config, 'bodyMorpher' | 'upscaler'>,
  params: Pick<Tha4Params<T>, 'bodyMorpher' | 'upscaler'>,
  faceMorphedFull: T,
  pose: T,
): RotatedBody<T> {
  const { imageSize: half } = config.bodyMorpher;
  const { imageSize: full } = config.upscaler;
  return ops.tidy(() => {
    const turn = bodyPose(ops, pose);
    const small = ops.resizeBilinear(faceMorphedFull, half, half);
    const coarse = teacherBodyMorpher(ops, config.bodyMorpher, params.bodyMorpher, small, turn);
    const enlarged = {
      image: ops.resizeBilinear(coarse.merged, full, full),
      gridChange: ops.resizeBilinear(coarse.gridChange, full, full),
    };
    const fine = upscaler(ops, config.upscaler, params.upscaler, faceMorphedFull, enlarged, turn);
    return { upscaler: fine, bodyMorpher: coarse };
  });
}

/** The original's 33 outputs in its order, by names such as `upscaler.merged`. */
export function tha4Outputs<T>(
  { eyebrowDecomposer }: Pick<PreparedFace<T>, 'eyebrowDecomposer'>,
  output: Tha4Output<T>,
): Readonly<Record<string, T>> {
  return {
    ...outputsOf('upscaler', output.upscaler),
    face_morphed_full: output.faceMorphedFull,
    ...outputsOf('body_morpher', output.bodyMorpher),
    ...outputsOf('face_morpher', output.faceMorpher),
    ...outputsOf('eyebrow_morphing_combiner', output.eyebrowMorphingCombiner),
    ...outputsOf('eyebrow_decomposer', eyebrowDecomposer),
  };
}
