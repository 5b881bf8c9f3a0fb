import { ShapeError } from '../errors.ts';
import { type Crop, cropTensor, FRAME_SIZE, STUDENT_FACE_CROP } from '../image/crop.ts';
import { premultipliedSrgb } from '../image/premultiplied.ts';
import type { RgbaImage } from '../image/rgba-image.ts';
import { psnr } from './psnr.ts';
import { ssim } from './ssim.ts';

/** How alike two pictures are. */
export interface Likeness {
  /** Decibels, `Infinity` for equal pictures. */
  readonly psnr: number;
  /** -1 to 1, 1 for equal pictures. */
  readonly ssim: number;
}

/** Likeness of two frames, over everything and where one looks first. */
export interface ImageQuality {
  readonly frame: Likeness;
  /** Over the student's face crop, rows 80 to 207 and columns 192 to 319. */
  readonly face: Likeness;
}

/** The convention behind the numbers of `imageQuality`; write it beside them, since others differ by 1 to 3 dB. */
export const QUALITY_CONVENTION = 'sRGB, premultiplied in linear light, RGBA in [0, 1]';

/**
 * PSNR and SSIM of two 512x512 frames by this project's one convention: sRGB premultiplied RGBA in [0, 1], all four
 * channels.
 *
 * @throws {ShapeError} when a frame is not 512x512
 */
export function imageQuality(a: RgbaImage, b: RgbaImage): ImageQuality {
  for (const { height, width } of [a, b]) {
    if (height !== FRAME_SIZE || width !== FRAME_SIZE) {
      throw new ShapeError('imageQuality', [FRAME_SIZE, FRAME_SIZE], [height, width]);
    }
  }
  const x = premultipliedSrgb(a);
  const y = premultipliedSrgb(b);
  const whole: Crop = { top: 0, left: 0, height: FRAME_SIZE, width: FRAME_SIZE };
  return { frame: likeness(x, y, whole), face: likeness(faceOf(x), faceOf(y), STUDENT_FACE_CROP) };
}

function faceOf(frame: Float32Array): Float32Array {
  return cropTensor(frame, [FRAME_SIZE, FRAME_SIZE, 4], STUDENT_FACE_CROP);
}

function likeness(a: Float32Array, b: Float32Array, { height, width }: Crop): Likeness {
  return { psnr: psnr(a, b), ssim: ssim(a, b, [height, width, 4]) };
}
