import type { Spec } from '../checkpoint/stored-tensor.ts';
import { positionGrid } from '../image/position-grid.ts';
import type { Ops } from '../ops/ops.ts';
import { joinedSineLayer, linear, linearSpec, sineLayer } from './linear.ts';
import type { Params } from './params.ts';

/** One resolution of a body morpher. */
export interface BodyLevelConfig {
  /** Side of the square at which the level works, pixels. */
  readonly size: number;
  /** Width of each sine layer, in order. */
  readonly widths: readonly number[];
}

/** Numbers that fix a body morpher. The last level's size is the image's. */
export interface BodyMorpherConfig {
  readonly poseSize: number;
  readonly levels: readonly BodyLevelConfig[];
}

/** The paper's: 331,567 parameters. */
export const BODY_MORPHER: BodyMorpherConfig = {
  poseSize: 45,
  levels: [
    { size: 128, widths: [360, 360, 180] },
    { size: 256, widths: [180, 180, 90] },
    { size: 512, widths: [90, 90, 90] },
  ],
};

/** What a body morpher returns; every image is `[n, size, size, c]` in model space and not clamped. */
export interface BodyMorpherOutput<T> {
  /** `c = 4`: `(1 - alpha) * warped + alpha * direct`, the frame. */
  readonly blended: T;
  /** `c = 1`: blend factor; no sigmoid, so it leaves [0, 1] slightly. */
  readonly alpha: T;
  /** `c = 4`: colour that the network paints itself (the original's "color change"). */
  readonly direct: T;
  /** `c = 4`: the input image sampled at identity + grid change. */
  readonly warped: T;
  /** `c = 2`: appearance flow (x, y) in units where the picture spans [-1, 1]. */
  readonly gridChange: T;
}

const LAST = 'last_linear';
const sineKey = (level: number, layer: number): string => `siren_layers.${level}.${layer}.linear`;

/** Checkpoint key -> shape of every tensor of a body morpher, in the original's order. */
export function bodyMorpherSpec(config: BodyMorpherConfig): Spec {
  const spec = new Map<string, readonly number[]>();
  let features = 0;
  config.levels.forEach(({ widths }, level) => {
    let channels = features + 2 + config.poseSize;
    widths.forEach((width, layer) => {
      linearSpec(spec, sineKey(level, layer), channels, width);
      channels = width;
    });
    features = channels;
  });
  linearSpec(spec, LAST, features, 7);
  return spec;
}

/**
 * Moves the body: a SIREN over growing resolutions predicts flow, alpha and colour; the flow warps the image and the
 * colour is blended over it.
 *
 * Each level sees [features of the level below, bilinearly enlarged; position; pose].
 *
 * @param image `[n, size, size, 4]` in model space, the face morpher's output already pasted in
 * @param pose `[n, poseSize]` float32
 * @returns images that the caller owns
 * Source: `nn/siren/morpher/siren_morpher_03.py` of the THA4 demo.
 */
export function bodyMorpher<T>(
  ops: Ops<T>,
  config: BodyMorpherConfig,
  params: Params<T>,
  image: T,
  pose: T,
): BodyMorpherOutput<T> {
  const last = config.levels.at(-1);
  if (last === undefined) throw new RangeError('bodyMorpher: expected at least one level, got 0');
  return ops.tidy(() => {
    let features: T | null = null;
    for (const level of config.levels.keys()) features = bodyLevel(ops, config, params, level, features, pose);
    const [gridChange, alpha, direct] = ops.split(linear(ops, params, LAST, features!), [2, 1, 4]) as [T, T, T];
    const position = ops.constant(positionGrid(last.size), [1, last.size, last.size, 2]);
    const warped = ops.gridSample(image, ops.add(position, gridChange));
    // warped + alpha (direct - warped) = (1 - alpha) warped + alpha direct
    const blended = ops.add(warped, ops.mul(ops.sub(direct, warped), alpha));
    return { blended, alpha, direct, warped, gridChange };
  });
}

/** Features of one level `[n, size, size, widths.at(-1)]` from those of the level below (`null` at the lowest). */
function bodyLevel<T>(
  ops: Ops<T>,
  config: BodyMorpherConfig,
  params: Params<T>,
  level: number,
  below: T | null,
  pose: T,
): T {
  const { size, widths } = config.levels[level]!;
  return ops.tidy(() => {
    let x = joinedSineLayer(ops, params, sineKey(level, 0), below, size, pose);
    for (let layer = 1; layer < widths.length; layer++) x = sineLayer(ops, params, sineKey(level, layer), x);
    return x;
  });
}
