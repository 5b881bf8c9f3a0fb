import type { Spec } from '../../checkpoint/stored-tensor.ts';
import type { Ops } from '../../ops/ops.ts';
import { blendColor, warp } from '../blocks/blend.ts';
import { decode, type EncoderDecoderConfig, encode, encoderDecoderSpec } from '../blocks/encoder-decoder.ts';
import { alphaHead, colorHead, flowHead, flowHeadSpec, headSpec } from '../blocks/heads.ts';
import type { Params } from '../params.ts';
import type { Observe } from '../run.ts';
import { EYEBROW_DECOMPOSER } from './eyebrow-decomposer.ts';

/** The published one: 31,605,002 parameters, 22.6 GMAC. */
export const TEACHER_FACE_MORPHER: EncoderDecoderConfig = {
  ...EYEBROW_DECOMPOSER,
  imageSize: 192,
  bottleneckSize: 24,
  poseSize: 27,
  keyPrefix: '',
};

/** What a teacher's face morpher returns, in the original's order; every image is `[n, size, size, c]`. */
export interface TeacherFaceMorpherOutput<T> {
  /** `c = 4`: the face, eyelids and all. */
  readonly outputImage: T;
  readonly eyeAlpha: T;
  readonly eyeColorChange: T;
  /** `c = 4`: iris and mouth warped and recoloured, without eyelids. */
  readonly irisMouthImage1: T;
  /** `c = 1`, in (0, 1). */
  readonly irisMouthAlpha: T;
  /** `c = 4`, in (-1, 1). */
  readonly irisMouthColorChange: T;
  /** `c = 4`: iris and mouth warped. */
  readonly irisMouthImage0: T;
  /** `c = 2`: appearance flow (x, y) in units where the picture spans [-1, 1]. */
  readonly irisMouthGridChange: T;
}

/** Checkpoint key -> shape of every tensor of a teacher's face morpher, in the original's order. */
export function teacherFaceMorpherSpec(config: EncoderDecoderConfig): Spec {
  const spec = new Map<string, readonly number[]>();
  encoderDecoderSpec(spec, config);
  flowHeadSpec(spec, 'iris_mouth_grid_change', config.startChannels);
  headSpec(spec, 'iris_mouth_color_change', config.startChannels, 4);
  headSpec(spec, 'iris_mouth_alpha', config.startChannels, 1);
  headSpec(spec, 'eye_color_change', config.startChannels, 4);
  headSpec(spec, 'eye_alpha', config.startChannels, 1);
  return spec;
}

/**
 * Moves irises and mouth, then paints the eyelids over them.
 *
 * @param image `[n, size, size, 4]`, the face crop with the morphed eyebrows, in the model's space
 * @param pose `[n, poseSize]`: the pose's values 12..38
 * @returns images that the caller owns
 * Source: `nn/face_morpher/face_morpher_08.py` of the THA4 demo.
 */
export function teacherFaceMorpher<T>(
  ops: Ops<T>,
  config: EncoderDecoderConfig,
  params: Params<T>,
  image: T,
  pose: T,
  observe?: Observe<T>,
): TeacherFaceMorpherOutput<T> {
  const run = { ops, params, observe };
  return ops.tidy(() => {
    const features = decode(run, config, encode(run, config, image), pose);
    const irisMouthGridChange = flowHead(run, 'iris_mouth_grid_change', features);
    const irisMouthColorChange = colorHead(run, 'iris_mouth_color_change', features);
    const irisMouthAlpha = alphaHead(run, 'iris_mouth_alpha', features);
    const eyeColorChange = colorHead(run, 'eye_color_change', features);
    const eyeAlpha = alphaHead(run, 'eye_alpha', features);
    const irisMouthImage0 = warp(ops, image, irisMouthGridChange);
    const irisMouthImage1 = blendColor(ops, irisMouthAlpha, irisMouthColorChange, irisMouthImage0);
    return {
      outputImage: blendColor(ops, eyeAlpha, eyeColorChange, irisMouthImage1),
      eyeAlpha,
      eyeColorChange,
      irisMouthImage1,
      irisMouthAlpha,
      irisMouthColorChange,
      irisMouthImage0,
      irisMouthGridChange,
    };
  });
}
