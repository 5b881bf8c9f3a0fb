import { BackendError, type RgbaImage } from '@tha4/core';

/**
 * Puts a picture on a canvas of any kind that has no context yet, or a 2d one; the canvas takes the picture's size.
 *
 * Bytes are straight alpha and sRGB, which is what `putImageData` takes, so edges are right on any page background.
 */
export function presentImage(image: RgbaImage, canvas: HTMLCanvasElement | OffscreenCanvas): void {
  if (canvas.width !== image.width) canvas.width = image.width;
  if (canvas.height !== image.height) canvas.height = image.height;
  const context = canvas.getContext('2d') as CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D | null;
  if (context === null) {
    throw new BackendError(
      'present: expected a canvas that gives a 2d context, got none; is it used for WebGL already?',
    );
  }
  const bytes = new Uint8ClampedArray(image.data.buffer as ArrayBuffer, image.data.byteOffset, image.data.byteLength);
  context.putImageData(new ImageData(bytes, image.width, image.height), 0, 0);
}
