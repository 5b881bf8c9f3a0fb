import { DARKEST, ROUGH_LIMIT, SRGB_SLOPE } from '../plan/roughness.ts';
import type { PixelLists } from '../tiles/pixel-lists.ts';

/** Outputs of a pixel, and a number that fills them up to 8. */
const STRIDE = 8;
const ALPHA = 2;
const COLOUR = 3;

/** What an enlargement starts from. */
export interface Enlargement {
  /** The network's outputs, `[size / 2 + 2, size / 2 + 2, 8]`. */
  readonly half: Float32Array;
  /** What is warped, `[size, size, 4]` in model space. */
  readonly image: Float32Array;
  readonly size: number;
  /** The pixels that are painted; its last level is that of the frame, the one below that of `half`. */
  readonly lists: PixelLists;
}

/**
 * Names the pixels that would be smeared if their outputs were enlarged: the four of every pixel of half the size around
 * which the outputs bend so much that the blended picture would be off by more than a limit.
 *
 * @param target room for `size ** 2` names
 * @returns how many there are
 */
export function nameRoughPixels(from: Enlargement, target: Uint32Array): number {
  const { size, lists } = from;
  const level = lists.levels - 1;
  const has = (row: number, column: number): boolean => lists.has(level - 1, row, column);
  let count = 0;
  for (const name of lists.since(level - 1, 0)) {
    const row = (name >>> 16) - 1;
    const column = (name & 0xffff) - 1;
    if (row < 0 || column < 0 || row >= size / 2 || column >= size / 2) continue; // the ring
    // At the edge of what is painted nothing can be seen.
    if (!(has(row - 1, column) && has(row + 1, column) && has(row, column - 1) && has(row, column + 1))) continue;
    if (smear(from, row, column) <= ROUGH_LIMIT) continue;
    for (let y = 2 * row; y < 2 * row + 2; y++) {
      for (let x = 2 * column; x < 2 * column + 2; x++) {
        if (lists.has(level, y, x)) target[count++] = ((y + 1) << 16) | (x + 1);
      }
    }
  }
  return count;
}

/**
 * How far enlarging may throw the picture off around a pixel of half the size: the second differences of flow, alpha
 * and colour, each by what it moves in warped + alpha (colour - warped), in steps of sRGB, which are finer in the dark.
 */
function smear({ half, image, size }: Enlargement, row: number, column: number): number {
  const width = (size / 2 + 2) * STRIDE;
  const at = (row + 1) * width + (column + 1) * STRIDE;
  const sampleRow = sampled(2 * row + 0.5 + (half[at + 1]! * size) / 2, size);
  const sampleColumn = sampled(2 * column + 0.5 + (half[at]! * size) / 2, size);
  const sample = (sampleRow * size + sampleColumn) * 4;
  const alpha = half[at + ALPHA]!;
  const bentAlpha = bend(half, at + ALPHA, width);
  // Beyond a pixel the picture's slope says nothing.
  const bentFlow = Math.min((Math.max(bend(half, at, width), bend(half, at + 1, width)) * size) / 2, 1);
  let worst = 0;
  for (let channel = 0; channel < 4; channel++) {
    const warped = image[sample + channel]!;
    const difference = half[at + COLOUR + channel]! - warped;
    const error =
      Math.abs(alpha) * bend(half, at + COLOUR + channel, width) +
      bentAlpha * Math.abs(difference) +
      Math.abs(1 - alpha) * slope(image, sample + channel, size * 4) * bentFlow;
    const light = (warped + alpha * difference + 1) / 2;
    worst = Math.max(worst, channel === 3 ? error : (SRGB_SLOPE * error) / Math.sqrt(Math.max(light, DARKEST)));
  }
  return worst;
}

/** The larger of the second differences along the row and the column. */
function bend(outputs: Float32Array, at: number, width: number): number {
  const twice = 2 * outputs[at]!;
  return Math.max(
    Math.abs(outputs[at - STRIDE]! + outputs[at + STRIDE]! - twice),
    Math.abs(outputs[at - width]! + outputs[at + width]! - twice),
  );
}

/** The largest difference to a neighbour. */
function slope(image: Float32Array, at: number, width: number): number {
  const here = image[at]!;
  return Math.max(
    Math.abs(image[at + 4]! - here),
    Math.abs(image[at - 4]! - here),
    Math.abs(image[at + width]! - here),
    Math.abs(image[at - width]! - here),
  );
}

/** The nearest pixel that has neighbours. */
function sampled(coordinate: number, size: number): number {
  return Math.min(Math.max(Math.round(coordinate), 1), size - 2);
}
