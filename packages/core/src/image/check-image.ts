import { ImageError, ShapeError } from '../errors.ts';
import type { RgbaImage } from './rgba-image.ts';

/** Checks that a picture's sizes are positive integers and fit its data. @throws {ImageError | ShapeError} */
export function checkImage(image: RgbaImage, where: string): void {
  const { width, height, data } = image;
  checkSize(width, height, where);
  if (data.length !== width * height * 4) throw new ShapeError(where, [height, width, 4], [data.length]);
}

/** Checks that two sizes can be a picture's. @throws {ImageError} */
export function checkSize(width: number, height: number, where: string): void {
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) {
    throw new ImageError(`${where}: expected width and height to be positive integers, got ${width}x${height}`);
  }
}
