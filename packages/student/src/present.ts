import { BackendError, type RgbaImage } from '@tha4/core';

/**
 * Puts a picture on a canvas of any kind that has no context yet, or a 2d one; the canvas takes the picture's size.
 *
 * Bytes are straight alpha and sRGB, which is what `putImageData` takes, so edges are right on any page background.
 */
export function presentImage(image: RgbaImage, canvas: HTMLCanvasElement | OffscreenCanvas): void {
  const bytes = new Uint8ClampedArray(image.data.buffer as ArrayBuffer, image.data.byteOffset, image.data.byteLength);
  context2d(canvas, image).putImageData(new ImageData(bytes, image.width, image.height), 0, 0);
}

/** The same for a picture that the browser holds already. */
export function drawBitmap(bitmap: ImageBitmap, canvas: HTMLCanvasElement | OffscreenCanvas): void {
  const context = context2d(canvas, bitmap);
  context.globalCompositeOperation = 'copy';
  context.drawImage(bitmap, 0, 0);
  context.globalCompositeOperation = 'source-over';
}

function context2d(
  canvas: HTMLCanvasElement | OffscreenCanvas,
  { width, height }: { readonly width: number; readonly height: number },
): CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d') as CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D | null;
  if (context === null) {
    throw new BackendError(
      'present: expected a canvas that gives a 2d context, got none; is it used for WebGL already?',
    );
  }
  return context;
}
