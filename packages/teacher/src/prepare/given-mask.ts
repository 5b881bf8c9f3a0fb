import { FRAME_SIZE, ImageError, type RgbaImage, STUDENT_FACE_CROP } from '@tha4/core';
import { type FaceMask, insideCrop, USUAL_BOXES } from './face-mask.ts';

/** A drawn mask as the rules want it, and what had to be done for that. */
export interface GivenMask {
  readonly mask: FaceMask;
  /** In plain words; empty where it kept the rules. */
  readonly done: readonly string[];
}

/**
 * Checks a drawn mask and makes it strict: every pixel 0 or 255, nothing outside of the face crop.
 *
 * @param picture light where the face moves
 * @throws {ImageError} when it has another size, or nothing in it is white
 */
export function readGivenMask(picture: RgbaImage): GivenMask {
  const { width, height } = picture;
  if (width !== FRAME_SIZE || height !== FRAME_SIZE) {
    throw new ImageError(
      `mask: expected ${FRAME_SIZE}x${FRAME_SIZE} pixels, got ${width}x${height}; draw it over character.png at its size`,
    );
  }
  const data = new Uint8Array(picture.data.length);
  const crop = STUDENT_FACE_CROP;
  let [greys, outside, left, top, right, bottom] = [0, 0, FRAME_SIZE, FRAME_SIZE, 0, 0];
  for (let y = 0; y < FRAME_SIZE; y++) {
    for (let x = 0; x < FRAME_SIZE; x++) {
      const p = (y * FRAME_SIZE + x) * 4;
      const [r, g, b, a] = picture.data.subarray(p, p + 4) as unknown as [number, number, number, number];
      const value = (Math.max(r, g, b) * a) / 255;
      if (a !== 255 || r !== g || g !== b || (r !== 0 && r !== 255)) greys++;
      const inside = y >= crop.top && y < crop.top + crop.height && x >= crop.left && x < crop.left + crop.width;
      const white = value >= 128;
      if (white && !inside) outside++;
      if (white && inside) {
        data.fill(255, p, p + 3);
        [left, right] = [Math.min(left, x), Math.max(right, x + 1)];
        [top, bottom] = [Math.min(top, y), Math.max(bottom, y + 1)];
      }
      data[p + 3] = 255;
    }
  }
  if (right === 0) {
    throw new ImageError(
      'mask: expected white in rows 80 to 207 and columns 192 to 319, got none; paint eyes, brows, mouth and jaw white on black',
    );
  }
  const done: string[] = [];
  if (greys > 0)
    done.push(`The mask had ${greys} pixels that are neither black nor white; the lighter ones became white.`);
  if (outside > 0) done.push(`The mask had ${outside} white pixels outside of the face crop; they became black.`);
  // A drawn mask has no parts; its boxes are those of the usual parts within its bounds.
  const clip = (box: typeof USUAL_BOXES.mouth) =>
    insideCrop(
      Math.min(Math.max(box.left, left), right - 1),
      Math.min(Math.max(box.top, top), bottom - 1),
      Math.max(Math.min(box.left + box.width, right), left + 1),
      Math.max(Math.min(box.top + box.height, bottom), top + 1),
    );
  const { leftEye, rightEye, mouth } = USUAL_BOXES;
  const drawn = { width, height, data };
  return { mask: { leftEye: clip(leftEye), rightEye: clip(rightEye), mouth: clip(mouth), drawn }, done };
}
