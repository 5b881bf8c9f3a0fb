import type { SeededRandom } from '../network/random.ts';

/** How the face's trainer chooses what to learn from in an update. */
export type FaceSampling =
  /** All pixels of some frames, as the original does it. */
  | { readonly kind: 'whole'; readonly frames: number }
  /** Random pixels, 64 from each of some frames. */
  | {
      readonly kind: 'points';
      readonly tiles: number;
      /** Shares of the pixels that are drawn where the mask is white and where a frame differs from the picture, 0..1; the others are drawn evenly. */
      readonly masked: number;
      readonly moving: number;
    };

/**
 * Chances with which a frame's pixels are drawn, summed up: `[n + 1]`, from 0 to 1.
 *
 * @param mask `[n]` 0..1; `moving` `[n]` how far each pixel is from the resting picture
 */
export function pixelChances(
  mask: Float32Array,
  moving: Float32Array,
  shares: { readonly masked: number; readonly moving: number },
): Float64Array {
  const n = mask.length;
  const maskSum = mask.reduce((a, b) => a + b, 0);
  const movingSum = moving.reduce((a, b) => a + b, 0);
  const masked = maskSum > 0 ? shares.masked / maskSum : 0;
  const moved = movingSum > 0 ? shares.moving / movingSum : 0;
  // What nothing asks for is drawn evenly.
  const even = (1 - masked * maskSum - moved * movingSum) / n;
  const sums = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) sums[i + 1] = sums[i]! + even + masked * mask[i]! + moved * moving[i]!;
  return sums;
}

/**
 * Draws pixels by their chances, one from each of `into.length` equal parts of the sum, so that they spread out.
 *
 * @param into takes their numbers
 */
export function drawPixels(sums: Float64Array, random: SeededRandom, into: Uint32Array): void {
  const last = sums.length - 2;
  const total = sums[last + 1]!;
  let pixel = 0;
  for (let i = 0; i < into.length; i++) {
    const at = ((i + random.uniform()) / into.length) * total;
    // The parts are in order, so the search goes on from the last pixel.
    let high = last;
    while (pixel < high) {
      const middle = (pixel + high) >> 1;
      if (sums[middle + 1]! > at) high = middle;
      else pixel = middle + 1;
    }
    into[i] = pixel;
  }
}
