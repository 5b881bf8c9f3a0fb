import { type Crop, FRAME_SIZE, ImageError, type RgbaImage, STUDENT_FACE_CROP } from '@tha4/core';
import type { FaceFeatures, Point } from './find-features.ts';
import { HEAD_BOX, headInBox, SURE_SCORE } from './locate-head.ts';

/**
 * Where a face moves: three boxes in the pixels of the 512x512 picture, all inside the student's face crop (rows 80 to
 * 207, columns 192 to 319). Left and right are the character's own, so its left eye is on the picture's right.
 */
export interface FaceBoxes {
  /** Eye and brow. */
  readonly leftEye: Crop;
  readonly rightEye: Crop;
  /** Mouth and jaw. */
  readonly mouth: Crop;
}

/** A face mask: boxes, or a picture of any shape that somebody drew. */
export interface FaceMask extends FaceBoxes {
  /** What was drawn, 512x512, strictly 0 or 255, in place of the boxes; `null` where the boxes are the mask. */
  readonly drawn: RgbaImage | null;
}

/** Boxes that fit most faces that lie where the rules want them: chin at row 192, centre at column 256. */
export const USUAL_BOXES: FaceBoxes = {
  rightEye: { top: 108, left: 212, height: 60, width: 42 },
  leftEye: { top: 108, left: 258, height: 60, width: 42 },
  mouth: { top: 166, left: 228, height: 34, width: 56 },
};

/**
 * Finds the face mask of a picture that keeps the rules: its head is where they want it, so eyes and mouth are looked
 * for near their usual places, and where nothing looks like them the usual boxes are the answer.
 *
 * @param image `[512, 512]` RGBA
 * @throws {ImageError} when the picture has another size
 */
export function findFaceMask(image: RgbaImage): FaceMask {
  if (image.width !== FRAME_SIZE || image.height !== FRAME_SIZE) {
    throw new ImageError(
      `face mask: expected a picture of ${FRAME_SIZE}x${FRAME_SIZE} pixels, got ${image.width}x${image.height}; prepare it first`,
    );
  }
  const features = headInBox(image, HEAD_BOX);
  return { ...(features.score < SURE_SCORE ? USUAL_BOXES : boxesAround(features)), drawn: null };
}

/** Boxes with room for brows that rise, eyes that open wide, and a jaw that falls. */
export function boxesAround({ leftEye, rightEye, mouth }: FaceFeatures): FaceBoxes {
  const distance = Math.hypot(leftEye.x - rightEye.x, leftEye.y - rightEye.y);
  const half = Math.min(Math.max(EYE_HALF_WIDTH * distance, 20), 27);
  const eye = ({ x, y }: Point) => insideCrop(x - half, y - ABOVE_EYE, x + half, y + BELOW_EYE);
  return {
    leftEye: eye(leftEye),
    rightEye: eye(rightEye),
    mouth: insideCrop(
      mouth.x - MOUTH_HALF_WIDTH,
      mouth.y - ABOVE_MOUTH,
      mouth.x + MOUTH_HALF_WIDTH,
      mouth.y + BELOW_MOUTH,
    ),
  };
}

/** Share of the distance between the eyes: the boxes leave a gap over the nose. */
const EYE_HALF_WIDTH = 0.49;
/** In pixels of a head that is 128 high; brows rise to the first, the jaw opens to the last. */
const ABOVE_EYE = 40;
const BELOW_EYE = 20;
const MOUTH_HALF_WIDTH = 36;
const ABOVE_MOUTH = 11;
const BELOW_MOUTH = 23;

/** The box from one corner to the other in whole pixels, as far as it lies in the student's face crop. */
export function insideCrop(x0: number, y0: number, x1: number, y1: number): Crop {
  const { top, left, height, width } = STUDENT_FACE_CROP;
  const clamp = (value: number, low: number, high: number) => Math.min(Math.max(Math.round(value), low), high);
  const l = clamp(x0, left, left + width - 1);
  const t = clamp(y0, top, top + height - 1);
  return { top: t, left: l, height: clamp(y1, t + 1, top + height) - t, width: clamp(x1, l + 1, left + width) - l };
}

/** The mask as a picture: `[512, 512]`, white where the face moves, black elsewhere, opaque; a copy. */
export function maskImage(mask: FaceMask): RgbaImage {
  if (mask.drawn !== null) return { ...mask.drawn, data: mask.drawn.data.slice() };
  const data = new Uint8Array(FRAME_SIZE * FRAME_SIZE * 4);
  for (let i = 3; i < data.length; i += 4) data[i] = 255;
  for (const { top, left, height, width } of [mask.leftEye, mask.rightEye, mask.mouth]) {
    for (let row = top; row < top + height; row++) {
      data.fill(255, (row * FRAME_SIZE + left) * 4, (row * FRAME_SIZE + left + width) * 4);
    }
  }
  return { width: FRAME_SIZE, height: FRAME_SIZE, data };
}

/** Share of the student's face crop that a mask covers, 0..1. */
export function maskCoverage(mask: FaceMask): number {
  const { data } = maskImage(mask);
  const { top, left, height, width } = STUDENT_FACE_CROP;
  let white = 0;
  for (let row = top; row < top + height; row++) {
    for (let column = left; column < left + width; column++) white += data[(row * FRAME_SIZE + column) * 4]! >> 7;
  }
  return white / (height * width);
}
