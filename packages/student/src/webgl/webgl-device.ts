import { BackendError } from '@tha4/core';
import { readLimits, refuseSoftware, type WebglLimits } from './limits.ts';
import { Programs } from './programs.ts';

/** Any canvas that WebGL can draw to. */
export type AnyCanvas = HTMLCanvasElement | OffscreenCanvas;

/** A WebGL2 context with its canvas and compiled programs. */
export interface WebglDevice {
  readonly canvas: AnyCanvas;
  readonly gl: WebGL2RenderingContext;
  readonly limits: WebglLimits;
  readonly programs: Programs;
}

/** How long a lost context of a canvas that is not ours may take to come back, milliseconds. */
const RESTORE_MS = 5000;

/**
 * Opens a context.
 *
 * @param given the canvas to draw to; `null` makes one that nobody sees
 * @throws {BackendError} when there is no WebGL2, or only a software renderer and that is not allowed
 */
export async function openDevice(given: AnyCanvas | null, allowSoftware: boolean): Promise<WebglDevice> {
  const canvas = given ?? hiddenCanvas();
  canvas.addEventListener('webglcontextlost', keepAlive);
  const gl = canvas.getContext('webgl2', {
    alpha: true,
    premultipliedAlpha: true,
    antialias: false,
    depth: false,
  }) as WebGL2RenderingContext | null;
  if (gl === null) {
    throw new BackendError('webgl: expected a WebGL2 context, got none; is the canvas used otherwise, or WebGL off?');
  }
  if (gl.isContextLost()) await restored(canvas);
  const limits = readLimits(gl);
  const device = { canvas, gl, limits, programs: new Programs(gl) };
  try {
    if (!allowSoftware) refuseSoftware(limits);
  } catch (error) {
    closeDevice(device);
    throw error;
  }
  return device;
}

/** Frees the programs and gives the context back: browsers keep sixteen or so alive, and drop the oldest after that. */
export function closeDevice({ canvas, gl, programs }: WebglDevice): void {
  programs.dispose();
  canvas.removeEventListener('webglcontextlost', keepAlive);
  gl.getExtension('WEBGL_lose_context')?.loseContext();
}

function hiddenCanvas(): AnyCanvas {
  return typeof OffscreenCanvas === 'undefined' ? document.createElement('canvas') : new OffscreenCanvas(1, 1);
}

/** Without this a lost context never comes back. */
function keepAlive(event: Event): void {
  event.preventDefault();
}

function restored(canvas: AnyCanvas): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      canvas.removeEventListener('webglcontextrestored', back);
      reject(new BackendError(`webgl: expected the lost context to come back, got none in ${RESTORE_MS} ms; use wasm`));
    }, RESTORE_MS);
    function back(): void {
      clearTimeout(timer);
      resolve();
    }
    canvas.addEventListener('webglcontextrestored', back, { once: true });
  });
}
