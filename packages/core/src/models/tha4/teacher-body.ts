import { blendColor, warp } from '../blocks/blend.ts';
import type { Run } from '../run.ts';

/** What both of the teacher's body networks return, in the original's order; every image is `[n, size, size, c]`. */
export interface TeacherBodyOutput<T> {
  /** `c = 4`: `alpha direct + (1 - alpha) warped`. */
  readonly merged: T;
  /** `c = 1`, in (0, 1). */
  readonly alpha: T;
  /** `c = 4`: the input sampled at identity + grid change. */
  readonly warped: T;
  /** `c = 2`: appearance flow (x, y) in units where the picture spans [-1, 1]. */
  readonly gridChange: T;
  /** `c = 4`: colour that the network paints itself; no tanh, so it leaves [-1, 1]. */
  readonly direct: T;
}

/** Channels of the U-Nets: direct, flow, alpha (the student's order is another). */
export const BODY_CHANNELS = 7;

/** A frame from the U-Net's output `[n, size, size, 7]` and the picture that is warped. */
export function formBody<T>({ ops }: Run<T>, channels: T, image: T): TeacherBodyOutput<T> {
  return ops.tidy(() => {
    const [direct, gridChange, logit] = ops.split(channels, [4, 2, 1]) as [T, T, T];
    const alpha = ops.sigmoid(logit);
    const warped = warp(ops, image, gridChange);
    return { merged: blendColor(ops, alpha, direct, warped), alpha, warped, gridChange, direct };
  });
}
