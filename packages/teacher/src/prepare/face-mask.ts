import { type Crop, FRAME_SIZE, ImageError, type RgbaImage, STUDENT_FACE_CROP } from '@tha4/core';

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
 * Finds the face mask of a picture that keeps the rules.
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
  return { ...USUAL_BOXES, drawn: null };
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
