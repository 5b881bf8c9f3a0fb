/**
 * Autocorrelation of a frame, `r[k] = sum x[i] x[i + k]`.
 *
 * @param target lags 0 to `target.length - 1`
 */
export function autocorrelate(frame: Float64Array, target: Float64Array): void {
  for (let lag = 0; lag < target.length; lag++) {
    let sum = 0;
    for (let i = lag; i < frame.length; i++) sum += frame[i]! * frame[i - lag]!;
    target[lag] = sum;
  }
}

/**
 * The all-pole filter that explains an autocorrelation best (Levinson and Durbin):
 * `x[i] = -sum a[k] x[i - k] + error`, with `a[0] = 1`.
 *
 * @param r `order + 1` lags
 * @param a `order + 1` coefficients, filled
 * @param scratch `order + 1` numbers
 * @returns the part of the energy that stays unexplained, 0 to 1; 1 for silence, where `a` is 1, 0, 0, ...
 */
export function solveLinearPrediction(r: Float64Array, a: Float64Array, scratch: Float64Array): number {
  const order = a.length - 1;
  a.fill(0);
  a[0] = 1;
  const energy = r[0]!;
  if (!(energy > 0)) return 1;
  let error = energy;
  for (let m = 1; m <= order; m++) {
    let sum = r[m]!;
    for (let k = 1; k < m; k++) sum += a[k]! * r[m - k]!;
    const reflection = -sum / error;
    // Rounding can carry it to the circle, where the filter would ring for ever.
    if (!(Math.abs(reflection) < 1)) break;
    scratch.set(a);
    for (let k = 1; k < m; k++) a[k] = scratch[k]! + reflection * scratch[m - k]!;
    a[m] = reflection;
    error *= 1 - reflection * reflection;
  }
  return error / energy;
}
