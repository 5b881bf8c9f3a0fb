import { ShapeError } from '../errors.ts';

/** `[height, width, channels]` of a picture whose numbers lie row by row, channels innermost. */
export type PictureShape = readonly [height: number, width: number, channels: number];

const RADIUS = 5;
const SIGMA = 1.5;
const K1 = 0.01;
const K2 = 0.03;

/** Side of the window; a picture must be at least as large. */
export const SSIM_WINDOW = 11;

/**
 * Structural similarity with the usual settings: Gaussian window 11x11 of sigma 1.5, population (not sample)
 * variances, K1 = 0.01, K2 = 0.03, in float64. Every channel on its own; only whole windows count, so a border of 5
 * pixels has no value; the mean over what is left and over the channels.
 *
 * Equal to scikit-image's `structural_similarity(gaussian_weights=True, sigma=1.5, use_sample_covariance=False)`.
 *
 * @param dataRange largest value minus smallest one, 1 for [0, 1] and 2 for [-1, 1]
 * @returns 1 for equal pictures, down to -1
 * @throws {ShapeError} when an array does not fit the shape, or the picture is smaller than the window
 * Source: Wang, Bovik, Sheikh and Simoncelli 2004, section III.
 */
export function ssim(a: ArrayLike<number>, b: ArrayLike<number>, shape: PictureShape, dataRange = 1): number {
  const perChannel = ssimPerChannel(a, b, shape, dataRange);
  return perChannel.reduce((sum, value) => sum + value, 0) / perChannel.length;
}

/** The same for each channel. */
export function ssimPerChannel(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  shape: PictureShape,
  dataRange = 1,
): number[] {
  return Array.from({ length: shape[2] }, (_, channel) => {
    const map = ssimMap(a, b, shape, channel, dataRange);
    return map.reduce((sum, value) => sum + value, 0) / map.length;
  });
}

/**
 * SSIM around every pixel of one channel that has a whole window.
 *
 * `((2 ma mb + c1)(2 cov + c2)) / ((ma^2 + mb^2 + c1)(va + vb + c2))`. The variances enter only as a sum, so four
 * blurred maps are enough: a, b, a^2 + b^2, a b.
 *
 * @returns `[height - 10, width - 10]`
 * @throws {ShapeError} as `ssim`
 */
export function ssimMap(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  shape: PictureShape,
  channel: number,
  dataRange = 1,
): Float64Array {
  const [height, width, channels] = shape;
  for (const picture of [a, b]) {
    if (picture.length !== height * width * channels) throw new ShapeError('ssim', shape, [picture.length]);
  }
  if (height < SSIM_WINDOW || width < SSIM_WINDOW) {
    throw new ShapeError('ssim: the picture is smaller than its window', [SSIM_WINDOW, SSIM_WINDOW], [height, width]);
  }
  const pixels = height * width;
  const planes = Array.from({ length: 4 }, () => new Float64Array(pixels)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let i = 0, at = channel; i < pixels; i++, at += channels) {
    const x = a[at]!;
    const y = b[at]!;
    planes[0][i] = x;
    planes[1][i] = y;
    planes[2][i] = x * x + y * y;
    planes[3][i] = x * y;
  }
  const [meanA, meanB, squares, product] = planes.map((plane) => blur(plane, height, width)) as typeof planes;
  const c1 = (K1 * dataRange) ** 2;
  const c2 = (K2 * dataRange) ** 2;
  return meanA.map((x, i) => {
    const y = meanB[i]!;
    const energy = x * x + y * y;
    const covariance = product[i]! - x * y;
    return ((2 * x * y + c1) * (2 * covariance + c2)) / ((energy + c1) * (squares[i]! - energy + c2));
  });
}

const TAPS = gaussian();

/** One side of the symmetric window, centre first; the whole window sums to 1. */
function gaussian(): readonly number[] {
  const taps = Array.from({ length: RADIUS + 1 }, (_, i) => Math.exp(-(i * i) / (2 * SIGMA * SIGMA)));
  const sum = taps.reduce((total, tap, i) => total + (i === 0 ? tap : 2 * tap), 0);
  return taps.map((tap) => tap / sum);
}

/** Gaussian window over both axes, whole windows only: `[height, width]` -> `[height - 10, width - 10]`. */
function blur(plane: Float64Array, height: number, width: number): Float64Array {
  const columns = width - 2 * RADIUS;
  const rows = new Float64Array(height * columns);
  blurLine(plane, width, 1, rows, height, columns);
  const result = new Float64Array((height - 2 * RADIUS) * columns);
  blurLine(rows, columns, columns, result, height - 2 * RADIUS, columns);
  return result;
}

/** `to[row, column] = sum over k of TAPS[|k|] * from[row * pitch + column + (k + 5) * step]`. */
function blurLine(from: Float64Array, pitch: number, step: number, to: Float64Array, rows: number, columns: number) {
  const [t0, t1, t2, t3, t4, t5] = TAPS as [number, number, number, number, number, number];
  for (let row = 0, out = 0; row < rows; row++) {
    let i = row * pitch + RADIUS * step;
    for (let column = 0; column < columns; column++, i++, out++) {
      to[out] =
        t0 * from[i]! +
        t1 * (from[i - step]! + from[i + step]!) +
        t2 * (from[i - 2 * step]! + from[i + 2 * step]!) +
        t3 * (from[i - 3 * step]! + from[i + 3 * step]!) +
        t4 * (from[i - 4 * step]! + from[i + 4 * step]!) +
        t5 * (from[i - 5 * step]! + from[i + 5 * step]!);
    }
  }
}
