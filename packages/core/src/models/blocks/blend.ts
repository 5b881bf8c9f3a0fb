import { positionGrid } from '../../image/position-grid.ts';
import type { Ops } from '../../ops/ops.ts';

/** `alpha color + (1 - alpha) image`, all channels. `alpha` has one channel, or as many as the others. */
export function blendColor<T>(ops: Ops<T>, alpha: T, color: T, image: T): T {
  return ops.tidy(() => ops.add(image, ops.mul(ops.sub(color, image), alpha)));
}

/** The same for the colours only: the image's alpha stays. Both pictures RGBA. */
export function blendRgb<T>(ops: Ops<T>, alpha: T, color: T, image: T): T {
  return ops.tidy(() => {
    const [rgb, opacity] = ops.split(image, [3, 1]) as [T, T];
    return ops.concat([blendColor(ops, alpha, ops.split(color, [3, 1])[0]!, rgb), opacity]);
  });
}

/** The square image sampled at identity + flow. `image [n, s, s, c]`, `flow [n, s, s, 2]`. */
export function warp<T>(ops: Ops<T>, image: T, flow: T): T {
  return ops.tidy(() => {
    const size = ops.shape(flow)[1]!;
    return ops.gridSample(image, ops.add(ops.constant(positionGrid(size), [1, size, size, 2]), flow));
  });
}

/** A batch of one repeated for `n` poses; a batch of `n` as it is. */
export function matchBatch<T>(ops: Ops<T>, x: T, n: number): T {
  return ops.shape(x)[0] === n ? x : ops.repeatBatch(x, n);
}
