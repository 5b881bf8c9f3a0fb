import { ShapeError } from '../errors.ts';
import { checkImage } from './check-image.ts';
import type { RgbaImage } from './rgba-image.ts';

/** A rectangle of a picture, in pixels from its top left corner. */
export interface Crop {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** Side of every character picture and frame, in pixels. */
export const FRAME_SIZE = 512;

/** Eyebrows: what the teacher's decomposer and combiner see. Source: THA4 demo, `poser/modes/mode_07.py`. */
export const EYEBROW_CROP: Crop = { top: 64, left: 192, height: 128, width: 128 };

/** What the teacher's face morpher sees. Source: THA4 demo, `poser/modes/mode_07.py`. */
export const TEACHER_FACE_CROP: Crop = { top: 32, left: 160, height: 192, width: 192 };

/** What the student's face morpher draws. Source: THA4 demo, `poser/modes/mode_14.py`. */
export const STUDENT_FACE_CROP: Crop = { top: 80, left: 192, height: 128, width: 128 };

/** Copies a rectangle out of a picture. @throws {ShapeError} when it does not lie inside */
export function cropImage(image: RgbaImage, crop: Crop): RgbaImage {
  checkImage(image, 'cropImage');
  checkInside(crop, image.height, image.width, 'cropImage');
  const data = new Uint8Array(crop.height * crop.width * 4);
  copyRows(image.data, image.width, crop, data, crop.width, { top: 0, left: 0 }, 4);
  return { width: crop.width, height: crop.height, data };
}

/** A copy of the picture with a patch over it, replacing what was there, alpha too. @throws {ShapeError} */
export function pasteImage(image: RgbaImage, patch: RgbaImage, at: Pick<Crop, 'top' | 'left'>): RgbaImage {
  checkImage(image, 'pasteImage');
  checkImage(patch, 'pasteImage');
  const crop = { top: at.top, left: at.left, height: patch.height, width: patch.width };
  checkInside(crop, image.height, image.width, 'pasteImage');
  const data = image.data.slice();
  copyRows(patch.data, patch.width, { ...crop, top: 0, left: 0 }, data, image.width, at, 4);
  return { width: image.width, height: image.height, data };
}

/**
 * Copies a rectangle out of an image-like tensor.
 *
 * @param tensor `[height, width, channels]`, of any meaning
 * @returns `[crop.height, crop.width, channels]`, owned by the caller
 * @throws {ShapeError} when the data does not fit the shape, or the rectangle does not lie inside
 */
export function cropTensor(
  tensor: Float32Array,
  [height, width, channels]: readonly [number, number, number],
  crop: Crop,
): Float32Array {
  checkTensor(tensor, [height, width, channels], 'cropTensor');
  checkInside(crop, height, width, 'cropTensor');
  const result = new Float32Array(crop.height * crop.width * channels);
  copyRows(tensor, width, crop, result, crop.width, { top: 0, left: 0 }, channels);
  return result;
}

/**
 * A copy of an image-like tensor with a patch over it.
 *
 * @param tensor `[height, width, channels]`
 * @param patch `[crop.height, crop.width, channels]`
 * @throws {ShapeError} when data does not fit its shape, or the rectangle does not lie inside
 */
export function pasteTensor(
  tensor: Float32Array,
  [height, width, channels]: readonly [number, number, number],
  patch: Float32Array,
  crop: Crop,
): Float32Array {
  checkTensor(tensor, [height, width, channels], 'pasteTensor');
  checkTensor(patch, [crop.height, crop.width, channels], 'pasteTensor: the patch');
  checkInside(crop, height, width, 'pasteTensor');
  const result = tensor.slice();
  copyRows(patch, crop.width, { ...crop, top: 0, left: 0 }, result, width, crop, channels);
  return result;
}

type Pixels = Float32Array | Uint8Array | Uint8ClampedArray;

function copyRows(
  from: Pixels,
  fromWidth: number,
  crop: Crop,
  to: Pixels,
  toWidth: number,
  at: Pick<Crop, 'top' | 'left'>,
  channels: number,
): void {
  for (let row = 0; row < crop.height; row++) {
    const start = ((crop.top + row) * fromWidth + crop.left) * channels;
    const line = from.subarray(start, start + crop.width * channels);
    to.set(line, ((at.top + row) * toWidth + at.left) * channels);
  }
}

function checkInside({ top, left, height: rows, width: columns }: Crop, height: number, width: number, where: string) {
  const numbers = [top, left, rows, columns];
  const sound = numbers.every((n) => Number.isInteger(n) && n >= 0) && rows > 0 && columns > 0;
  if (!sound || top + rows > height || left + columns > width) {
    throw new ShapeError(
      `${where}: rows ${top}:${top + rows}, columns ${left}:${left + columns} lie outside`,
      [top + rows, left + columns],
      [height, width],
    );
  }
}

function checkTensor(tensor: Float32Array, shape: readonly number[], where: string): void {
  if (tensor.length !== shape.reduce((a, b) => a * b, 1)) throw new ShapeError(where, shape, [tensor.length]);
}
