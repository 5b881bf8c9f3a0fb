import { BackendError } from '@tha4/core';
import type { AnyCanvas } from './webgl-device.ts';

/**
 * Shows what `draw` puts on a WebGL canvas, without reading pixels back.
 *
 * @param own the WebGL canvas
 * @param target `own` itself, or a canvas without a context, or with a 2d or bitmaprenderer one; takes the size
 * @throws {BackendError} when the target has another context
 */
export function presentCanvas(own: AnyCanvas, draw: () => void, size: number, target: AnyCanvas): void {
  for (const canvas of [own, target]) {
    if (canvas.width !== size) canvas.width = size;
    if (canvas.height !== size) canvas.height = size;
  }
  draw();
  if (target === own) return;
  const flat = target.getContext('2d') as CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D | null;
  if (flat !== null) {
    flat.globalCompositeOperation = 'copy';
    flat.drawImage(own, 0, 0);
    flat.globalCompositeOperation = 'source-over';
    return;
  }
  const bitmap = target.getContext('bitmaprenderer') as ImageBitmapRenderingContext | null;
  if (bitmap === null || !('transferToImageBitmap' in own)) {
    throw new BackendError(
      'present: expected a canvas that gives a 2d context, got one used otherwise; give it to createWebglRuntime',
    );
  }
  bitmap.transferFromImageBitmap(own.transferToImageBitmap());
}
