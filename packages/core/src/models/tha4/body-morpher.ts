import type { Spec } from '../../checkpoint/stored-tensor.ts';
import type { Ops } from '../../ops/ops.ts';
import type { Params } from '../params.ts';
import type { Observe } from '../run.ts';
import { BODY_CHANNELS, formBody, type TeacherBodyOutput } from './teacher-body.ts';
import type { UNetConfig } from './unet/plan.ts';
import { unet, unetSpec } from './unet/unet.ts';

/** The published one: 34,682,119 parameters, 119 GMAC. */
export const TEACHER_BODY_MORPHER: UNetConfig = {
  imageSize: 256,
  inputChannels: 4,
  outputChannels: BODY_CHANNELS,
  modelChannels: 64,
  multipliers: [1, 2, 4, 4, 4],
  attention: [false, false, false, false, true],
  blocksPerLevel: 1,
  middleBlocks: 4,
  timeChannels: 64,
  poseSize: 6,
  conditionChannels: 256,
  heads: 8,
};

/** Checkpoint key -> shape of every tensor of a teacher's body morpher's file. */
export function teacherBodyMorpherSpec(config: UNetConfig): Spec {
  const spec = new Map<string, readonly number[]>();
  unetSpec(spec, config);
  return spec;
}

/**
 * Turns head and body at half resolution.
 *
 * @param params with the time folded: see `networkWeights`
 * @param image `[n, size, size, 4]`: the face-morphed picture at half size, in the model's space
 * @param pose `[n, poseSize]`: the pose's last 6 values
 * @returns images that the caller owns
 * Source: `nn/morpher/morpher_00.py` of the THA4 demo.
 */
export function teacherBodyMorpher<T>(
  ops: Ops<T>,
  config: UNetConfig,
  params: Params<T>,
  image: T,
  pose: T,
  observe?: Observe<T>,
): TeacherBodyOutput<T> {
  const run = { ops, params, observe };
  return ops.tidy(() => formBody(run, unet(run, config, image, pose, null), image));
}
