import { EYEBROW_CROP, TEACHER_FACE_CROP } from '../../image/crop.ts';
import type { Ops } from '../../ops/ops.ts';
import type { EncoderDecoderConfig } from '../blocks/encoder-decoder.ts';
import type { Params } from '../params.ts';
import { outputsOf } from '../stage.ts';
import { EYEBROW_DECOMPOSER } from '../tha4/eyebrow-decomposer.ts';
import { EYEBROW_MORPHING_COMBINER } from '../tha4/eyebrow-morphing-combiner.ts';
import { TEACHER_FACE_MORPHER } from '../tha4/face-morpher.ts';
import {
  bodyPose,
  type FacePipelineConfig,
  type FacePipelineParams,
  type MorphedFace,
  morphFace,
  type PreparedFace,
  prepareFace,
} from '../tha4/face-pipeline.ts';
import { type EditorOutput, editor, THA3_EDITOR } from './editor.ts';
import type { ResizeConvConfig } from './resize-conv.ts';
import { type RotatorOutput, rotator, THA3_ROTATOR } from './rotator.ts';

/** Numbers that fix one of THA3's systems. */
export interface Tha3Config extends FacePipelineConfig {
  readonly rotator: ResizeConvConfig;
  readonly editor: ResizeConvConfig;
}

/** The larger one (`standard_float`): 135,644,262 parameters. */
export const THA3_STANDARD: Tha3Config = {
  eyebrowDecomposer: EYEBROW_DECOMPOSER,
  eyebrowMorphingCombiner: EYEBROW_MORPHING_COMBINER,
  faceMorpher: TEACHER_FACE_MORPHER,
  rotator: THA3_ROTATOR,
  editor: THA3_EDITOR,
  eyebrowCrop: EYEBROW_CROP,
  faceCrop: TEACHER_FACE_CROP,
};

/** The smaller one (`separable_float`): 14,502,885 parameters. */
export const THA3_SEPARABLE: Tha3Config = {
  ...THA3_STANDARD,
  eyebrowDecomposer: separable(EYEBROW_DECOMPOSER),
  eyebrowMorphingCombiner: separable(EYEBROW_MORPHING_COMBINER),
  faceMorpher: separable({ ...TEACHER_FACE_MORPHER, keyPrefix: 'body.' }),
  rotator: separable(THA3_ROTATOR),
  editor: separable(THA3_EDITOR),
};

/** Tensors of the five networks, each as `networkWeights` gives them. */
export interface Tha3Params<T> extends FacePipelineParams<T> {
  readonly rotator: Params<T>;
  readonly editor: Params<T>;
}

/** Head and body turned. */
export interface Tha3Body<T> {
  /** At full size; `colorChangedImage` is the frame. */
  readonly editor: EditorOutput<T>;
  /** At half size. */
  readonly rotator: RotatorOutput<T>;
}

/** All that THA3 computes for a batch of poses. */
export interface Tha3Output<T> extends Tha3Body<T>, MorphedFace<T> {}

/**
 * What a picture needs once, whatever the poses. Keep it while the picture stays.
 *
 * @param image `[1, 512, 512, 4]` the character with straight alpha (`imageToStraight`): not THA4's model space
 * @returns tensors that the caller owns, apart from `image`
 */
export function prepareTha3<T>(
  ops: Ops<T>,
  config: Tha3Config,
  params: Pick<Tha3Params<T>, 'eyebrowDecomposer' | 'eyebrowMorphingCombiner'>,
  image: T,
): PreparedFace<T> {
  return prepareFace(ops, config, params, image);
}

/**
 * Paints a prepared picture in poses: `morphFace`, then `rotateTha3Body`.
 *
 * @param pose `[n, 45]` float32
 * @returns images that the caller owns, straight alpha; `editor.colorChangedImage` is the frame
 * Source: `poser/modes/standard_float.py` and `separable_float.py` of the THA3 demo.
 */
export function poseTha3<T>(
  ops: Ops<T>,
  config: Tha3Config,
  params: Omit<Tha3Params<T>, 'eyebrowDecomposer'>,
  prepared: Pick<PreparedFace<T>, 'image' | 'eyebrows'>,
  pose: T,
): Tha3Output<T> {
  return ops.tidy(() => {
    const face = morphFace(ops, config, params, prepared, pose);
    return { ...face, ...rotateTha3Body(ops, config, params, face.faceMorphedFull, pose) };
  });
}

/**
 * Turns head and body of pictures whose faces are posed.
 *
 * @param faceMorphedFull `[n, 512, 512, 4]`, straight alpha
 * @param pose `[n, 45]` float32
 * @returns images that the caller owns
 */
export function rotateTha3Body<T>(
  ops: Ops<T>,
  config: Pick<Tha3Config, 'rotator' | 'editor'>,
  params: Pick<Tha3Params<T>, 'rotator' | 'editor'>,
  faceMorphedFull: T,
  pose: T,
): Tha3Body<T> {
  const { imageSize: half } = config.rotator;
  const { imageSize: full } = config.editor;
  return ops.tidy(() => {
    const turn = bodyPose(ops, pose);
    const small = ops.resizeBilinear(faceMorphedFull, half, half);
    const rotated = rotator(ops, config.rotator, params.rotator, small, turn);
    const enlarged = {
      warpedImage: ops.resizeBilinear(rotated.warpedImage, full, full),
      gridChange: ops.resizeBilinear(rotated.gridChange, full, full),
    };
    return { editor: editor(ops, config.editor, params.editor, faceMorphedFull, enlarged, turn), rotator: rotated };
  });
}

/** The original's 29 outputs in its order, by names such as `editor.color_changed_image`. */
export function tha3Outputs<T>(
  { eyebrowDecomposer }: Pick<PreparedFace<T>, 'eyebrowDecomposer'>,
  output: Tha3Output<T>,
): Readonly<Record<string, T>> {
  // THA3's face morpher keeps its flow to itself.
  const { irisMouthGridChange: _, ...faceMorpher } = output.faceMorpher;
  return {
    ...outputsOf('editor', output.editor),
    ...outputsOf('two_algo_face_body_rotator', output.rotator),
    ...outputsOf('face_morpher', faceMorpher),
    ...outputsOf('eyebrow_morphing_combiner', output.eyebrowMorphingCombiner),
    ...outputsOf('eyebrow_decomposer', eyebrowDecomposer),
  };
}

function separable<C extends EncoderDecoderConfig | ResizeConvConfig>(config: C): C {
  return { ...config, separable: true };
}
