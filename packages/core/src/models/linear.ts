import { positionGrid } from '../image/position-grid.ts';
import type { Ops } from '../ops/ops.ts';
import { type Params, param } from './params.ts';

/** Frequency of every sine layer. Source: Sitzmann et al. 2020, section 3.2; the THA4 demo uses it in all layers. */
export const OMEGA_0 = 30;

/** Adds the two keys of a linear layer to a spec: `<key>.weight [in, out]` and `<key>.bias [out]`. */
export function linearSpec(
  spec: Map<string, readonly number[]>,
  key: string,
  inChannels: number,
  outChannels: number,
): void {
  spec.set(`${key}.weight`, [inChannels, outChannels]).set(`${key}.bias`, [outChannels]);
}

/** `x W + b` with the tensors of `key`. */
export function linear<T>(ops: Ops<T>, params: Params<T>, key: string, x: T): T {
  return ops.dense(x, param(params, `${key}.weight`), param(params, `${key}.bias`));
}

/** `sin(30 (x W + b))` with the tensors of `key`. */
export function sineLayer<T>(ops: Ops<T>, params: Params<T>, key: string, x: T): T {
  return ops.sineDense(x, param(params, `${key}.weight`), param(params, `${key}.bias`), OMEGA_0);
}

/**
 * A sine layer whose input is [features of a coarser level, bilinearly enlarged; position; pose], per pixel.
 *
 * Plainly: `sin(30 (concat(resize(features), position, pose) W + b))`. A matrix product is a sum over parts of its
 * input, and the enlargement is linear too, so this is
 * `sin(30 (resize(features W1) + (position W2 + b) + pose W3))`: the widest product runs at the coarse level, and the
 * pose's once instead of at every pixel.
 *
 * @param features `[n, h, w, c]`, or `null` at the lowest level
 * @param pose `[n, p]`
 * @returns `[n, size, size, out]`
 */
export function joinedSineLayer<T>(
  ops: Ops<T>,
  params: Params<T>,
  key: string,
  features: T | null,
  size: number,
  pose: T,
): T {
  return ops.tidy(() => {
    const weight = param(params, `${key}.weight`);
    const c = features === null ? 0 : ops.shape(features)[3]!;
    const position = ops.constant(positionGrid(size), [1, size, size, 2]);
    const positionTerm = ops.dense(position, ops.matrixRows(weight, c, 2), param(params, `${key}.bias`));
    const poseRows = ops.matrixRows(weight, c + 2, ops.shape(pose)[1]!);
    const sum = ops.add(positionTerm, ops.dense(ops.poseImage(pose, 1, 1), poseRows, null));
    if (features === null) return ops.sine(sum, OMEGA_0);
    const featureTerm = ops.dense(features, ops.matrixRows(weight, 0, c), null);
    return ops.sine(ops.add(ops.resizeBilinear(featureTerm, size, size), sum), OMEGA_0);
  });
}
