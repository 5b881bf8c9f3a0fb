import { ImageError, type RgbaImage, STUDENT_FACE_CROP } from '@tha4/core';

/** A rectangle of the picture, pixels; `right` and `bottom` are the first ones outside. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Where the face's moving parts are. Sides are the picture's: `eyes[0]` is on its left, the character's right. */
export interface FaceBoxes {
  /** Each eye with its brow. */
  readonly eyes: readonly [Box, Box];
  /** Mouth with jaw. */
  readonly mouth: Box;
}

/**
 * Reads three rectangles out of a face mask, whether they stand apart, touch or are one: the mask is cut where it is
 * narrowest, once across between eyes and mouth, and once down between the eyes.
 *
 * @param mask as large as the picture; white (128 and more) where the face moves
 * @throws {ImageError} when nothing is white in the face crop
 */
export function findFaceBoxes(mask: RgbaImage): FaceBoxes {
  const crop = STUDENT_FACE_CROP;
  const whole = shrink(mask, {
    left: crop.left,
    top: crop.top,
    right: crop.left + crop.width,
    bottom: crop.top + crop.height,
  });
  if (whole === null || whole.bottom - whole.top < 12 || whole.right - whole.left < 12) {
    throw new ImageError(
      `face mask: expected white rectangles over eyes and mouth in rows ${crop.top} to ${crop.top + crop.height}, ` +
        `columns ${crop.left} to ${crop.left + crop.width}, got ${whole === null ? 'none' : 'hardly any'}; make one with tha4 prepare`,
    );
  }
  const row = narrowest(whole.top, whole.bottom, 0.4, 0.8, (y) => countRow(mask, whole, y));
  const upper = shrink(mask, { ...whole, bottom: row }) ?? { ...whole, bottom: row };
  const column = narrowest(upper.left, upper.right, 0.35, 0.65, (x) => countColumn(mask, upper, x));
  return {
    eyes: [
      shrink(mask, { ...upper, right: column }) ?? { ...upper, right: column },
      shrink(mask, { ...upper, left: column }) ?? { ...upper, left: column },
    ],
    mouth: shrink(mask, { ...whole, top: row }) ?? { ...whole, top: row },
  };
}

/** The middle of where the fewest are white, between two shares of a range. */
function narrowest(from: number, to: number, low: number, high: number, count: (at: number) => number): number {
  const first = Math.ceil(from + (to - from) * low);
  const last = Math.floor(from + (to - from) * high);
  const counts = Array.from({ length: last - first }, (_, i) => count(first + i));
  const least = Math.min(...counts);
  const start = counts.indexOf(least);
  const end = counts.lastIndexOf(least) + 1;
  // Cuts lie between pixels, so that a mirrored mask is cut at the mirrored place.
  return Math.floor(first + (start + end) / 2);
}

/** The smallest box around what is white in a box, or `null` where nothing is. */
function shrink(mask: RgbaImage, box: Box): Box | null {
  let { left, top, right, bottom } = box;
  while (top < bottom && countRow(mask, { left, top, right, bottom }, top) === 0) top++;
  while (bottom > top && countRow(mask, { left, top, right, bottom }, bottom - 1) === 0) bottom--;
  while (left < right && countColumn(mask, { left, top, right, bottom }, left) === 0) left++;
  while (right > left && countColumn(mask, { left, top, right, bottom }, right - 1) === 0) right--;
  return bottom > top && right > left ? { left, top, right, bottom } : null;
}

function countRow(mask: RgbaImage, { left, right }: Box, y: number): number {
  let count = 0;
  for (let x = left; x < right; x++) count += isWhite(mask, x, y);
  return count;
}

function countColumn(mask: RgbaImage, { top, bottom }: Box, x: number): number {
  let count = 0;
  for (let y = top; y < bottom; y++) count += isWhite(mask, x, y);
  return count;
}

function isWhite({ data, width }: RgbaImage, x: number, y: number): number {
  return data[(y * width + x) * 4]! >= 128 ? 1 : 0;
}
