import {
  type BodyMorpherConfig,
  type BodyMorpherOutput,
  type Ops,
  type Params,
  positionGrid,
  type StudentConfig,
  type StudentParams,
} from '@tha4/core';

const OMEGA = 30;

/**
 * The student as it was published, for comparison: every level joins [features of the level below, enlarged; position;
 * pose, repeated at every pixel] into one input, and multiplies all of it. Same numbers as core's `student`, to rounding;
 * 37.9 instead of 27.6 GFLOP a frame.
 *
 * Source: `nn/siren/face_morpher/siren_face_morpher_00.py` and `nn/siren/morpher/siren_morpher_03.py` of the THA4 demo.
 *
 * @param image `[1, size, size, 4]` in model space
 * @param pose `[1, 45]`
 * @returns the frame, `[1, size, size, 4]`, owned by the caller
 */
export function publishedStudent<T>(
  ops: Ops<T>,
  { face, body, faceTop, faceLeft }: StudentConfig,
  params: StudentParams<T>,
  image: T,
  pose: T,
): T {
  return ops.tidy(() => {
    const poseSize = ops.shape(pose)[1]!;
    const facePose = ops.split(pose, [face.poseSize, poseSize - face.poseSize])[0]!;
    let x = joined(ops, null, face.imageSize, facePose);
    for (const layer of face.widths.keys()) x = sine(ops, params.face, `siren.sine_layers.${layer}.linear`, x);
    const withFace = ops.paste(image, dense(ops, params.face, 'siren.last_linear', x), faceTop, faceLeft);
    return publishedBody(ops, body, params.body, withFace, pose).blended;
  });
}

/** The body alone; see `publishedStudent`. @param image `[1, size, size, 4]`, the face already pasted in */
export function publishedBody<T>(
  ops: Ops<T>,
  { levels }: BodyMorpherConfig,
  params: Params<T>,
  image: T,
  pose: T,
): BodyMorpherOutput<T> {
  return ops.tidy(() => {
    let features: T | null = null;
    for (const [level, { size, widths }] of levels.entries()) {
      let x: T = joined(ops, features, size, pose);
      for (const layer of widths.keys()) x = sine(ops, params, `siren_layers.${level}.${layer}.linear`, x);
      features = x;
    }
    const size = levels.at(-1)!.size;
    const [gridChange, alpha, direct] = ops.split(dense(ops, params, 'last_linear', features!), [2, 1, 4]) as [T, T, T];
    const position = ops.constant(positionGrid(size), [1, size, size, 2]);
    const warped = ops.gridSample(image, ops.add(position, gridChange));
    const blended = ops.add(warped, ops.mul(ops.sub(direct, warped), alpha));
    return { blended, alpha, direct, warped, gridChange };
  });
}

function joined<T>(ops: Ops<T>, features: T | null, size: number, pose: T): T {
  const position = ops.constant(positionGrid(size), [1, size, size, 2]);
  const repeated = ops.poseImage(pose, size, size);
  return ops.concat([...(features === null ? [] : [ops.resizeBilinear(features, size, size)]), position, repeated]);
}

function sine<T>(ops: Ops<T>, params: Params<T>, key: string, x: T): T {
  return ops.sineDense(x, params.get(`${key}.weight`)!, params.get(`${key}.bias`)!, OMEGA);
}

function dense<T>(ops: Ops<T>, params: Params<T>, key: string, x: T): T {
  return ops.dense(x, params.get(`${key}.weight`)!, params.get(`${key}.bias`)!);
}
