import type { Ops } from '../ops/ops.ts';
import { BODY_MORPHER, type BodyMorpherConfig, type BodyMorpherOutput, bodyMorpher } from './body-morpher.ts';
import { FACE_MORPHER, type FaceMorpherConfig, faceMorpher } from './face-morpher.ts';
import type { Params } from './params.ts';

/** Numbers that fix a student: both morphers, and where the face sits in the picture. */
export interface StudentConfig {
  readonly face: FaceMorpherConfig;
  readonly body: BodyMorpherConfig;
  /** First row and column of the face's square in the picture, pixels. */
  readonly faceTop: number;
  readonly faceLeft: number;
}

/** The paper's student: a 128x128 face at rows 80..207, columns 192..319 of a 512x512 picture. */
export const STUDENT: StudentConfig = { face: FACE_MORPHER, body: BODY_MORPHER, faceTop: 80, faceLeft: 192 };

/** Tensors of both morphers. */
export interface StudentParams<T> {
  readonly face: Params<T>;
  readonly body: Params<T>;
}

/** What one frame leaves behind: the body's outputs and the face that was pasted under them. */
export interface StudentOutput<T> extends BodyMorpherOutput<T> {
  /** `[n, faceSize, faceSize, 4]` in model space. */
  readonly face: T;
}

/** Side of the pictures that a student takes and paints, pixels. */
export function studentImageSize(config: StudentConfig): number {
  return config.body.levels.at(-1)!.size;
}

/**
 * The two-step student: paint the face, paste it into the picture, move the body.
 *
 * @param image `[1, size, size, 4]` the character in model space (linear light, premultiplied, [-1, 1])
 * @param pose `[n, 45]` float32
 * @returns images `[n, size, size, c]`; `blended` is the frame; the caller owns them
 * Source: `poser/modes/mode_14.py` of the THA4 demo.
 */
export function student<T>(
  ops: Ops<T>,
  config: StudentConfig,
  params: StudentParams<T>,
  image: T,
  pose: T,
): StudentOutput<T> {
  const [n, poseSize] = ops.shape(pose) as [number, number];
  return ops.tidy(() => {
    const facePose = ops.split(pose, [config.face.poseSize, poseSize - config.face.poseSize])[0]!;
    const face = faceMorpher(ops, config.face, params.face, facePose);
    const withFace = ops.paste(ops.repeatBatch(image, n), face, config.faceTop, config.faceLeft);
    return { face, ...bodyMorpher(ops, config.body, params.body, withFace, pose) };
  });
}
