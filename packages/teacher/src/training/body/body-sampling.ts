import type { SeededRandom } from '../network/random.ts';

/** Patches of `cells` x `cells` lowest-level cells. */
export interface PatchSize {
  readonly cells: number;
  readonly patches: number;
}

/** How the body's trainer chooses what to learn from in an update. */
export type BodySampling =
  /** All pixels of some frames, as the original does it, cut into patches of `cells` lowest-level cells a side. */
  | { readonly kind: 'whole'; readonly frames: number; readonly cells: number }
  /** Random patches, each from another frame. */
  | {
      readonly kind: 'patches';
      /** What an update may have; it says which one (`Update.size`). */
      readonly sizes: readonly PatchSize[];
      /** Shares of the chances that go where the character is, where a frame differs from the picture, and to the face, 0..1; the rest is even. */
      readonly painted: number;
      readonly moving: number;
      readonly face: number;
      /**
       * 0: all pixels of a frame count alike, however often each is drawn. 1: each counts as often as it is drawn, so that
       * the shares also say what the loss cares for. Between: a mixture.
       */
      readonly emphasis: number;
    };

/** Sums over rectangles of a map: entry (y, x) is the sum of all above and left of it, `[height + 1, width + 1]`. */
export interface Sums {
  readonly height: number;
  readonly width: number;
  readonly data: Float64Array;
}

export function sumUp(map: ArrayLike<number>, height: number, width: number): Sums {
  const data = new Float64Array((height + 1) * (width + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += map[y * width + x]!;
      data[(y + 1) * (width + 1) + x + 1] = data[y * (width + 1) + x + 1]! + row;
    }
  }
  return { height, width, data };
}

/** Sum of rows `top..bottom`, columns `left..right` (ends not counted), cut to the map. */
export function sumOf({ height, width, data }: Sums, top: number, left: number, bottom: number, right: number): number {
  const upper = Math.min(Math.max(top, 0), height) * (width + 1);
  const lower = Math.min(Math.max(bottom, 0), height) * (width + 1);
  const l = Math.min(Math.max(left, 0), width);
  const r = Math.min(Math.max(right, 0), width);
  return data[lower + r]! - data[upper + r]! - data[lower + l]! + data[upper + l]!;
}

/**
 * Chances of a frame's patches: place (u, v) is the patch that begins at cell (u - 1, v - 1), and is as likely as the
 * cells under it are important.
 *
 * @param importance `[size, size]`, of the lowest level's cells
 * @param cells of a patch, a side
 */
export function patchChances(importance: Float32Array, size: number, cells: number): Sums {
  const places = size - cells + 3;
  const sums = sumUp(importance, size, size);
  const chances = new Float64Array(places * places);
  for (let u = 0; u < places; u++) {
    for (let v = 0; v < places; v++) {
      chances[u * places + v] = sumOf(sums, u - 1, v - 1, u - 1 + cells, v - 1 + cells);
    }
  }
  return sumUp(chances, places, places);
}

/** Draws a place (u, v) by its chance. */
export function drawPlace(chances: Sums, random: SeededRandom): readonly [u: number, v: number] {
  const { height, width, data } = chances;
  const line = width + 1;
  const total = data[height * line + width]!;
  const u = search(height, random.uniform() * total, (row) => data[(row + 1) * line + width]!);
  const inRow = data[(u + 1) * line + width]! - data[u * line + width]!;
  const v = search(width, random.uniform() * inRow, (x) => data[(u + 1) * line + x + 1]! - data[u * line + x + 1]!);
  return [u, v];
}

/**
 * Chance that a drawn patch covers an output pixel: the sum over all places whose patch does.
 *
 * @param stride output pixels from one cell to the next; a patch covers `stride (cells - 2) + 2` pixels a side, from
 *   one before its second cell on
 */
export function coverage(chances: Sums, y: number, x: number, stride: number, cells: number): number {
  const { height, width, data } = chances;
  const covered = stride * (cells - 2);
  const top = Math.ceil((y - covered) / stride);
  const left = Math.ceil((x - covered) / stride);
  const sum = sumOf(chances, top, left, Math.floor((y + 1) / stride) + 1, Math.floor((x + 1) / stride) + 1);
  return sum / data[height * (width + 1) + width]!;
}

/** The first of `count` numbers whose cumulative sum exceeds `at`. */
function search(count: number, at: number, sum: (index: number) => number): number {
  let [low, high] = [0, count - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sum(middle) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}
