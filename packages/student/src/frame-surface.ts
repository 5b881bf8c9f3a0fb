import type { StudentRuntime } from './runtime.ts';

/** Takes frames out of a runtime as bitmaps, which stay where the runtime has them: in the GPU's memory for a GPU. */
export class FrameSurface {
  #last: { readonly runtime: string; readonly surface: OffscreenCanvas } | null = null;

  /** @returns the runtime's last frame, or `null` where there is no canvas to draw it on, as in Node */
  async take(runtime: StudentRuntime): Promise<ImageBitmap | null> {
    if (typeof OffscreenCanvas === 'undefined') return null;
    const { name } = await runtime.info();
    // A canvas keeps its first context, so another runtime needs another one.
    if (this.#last?.runtime !== name) this.#last = { runtime: name, surface: new OffscreenCanvas(1, 1) };
    const { surface } = this.#last;
    await runtime.present(surface);
    return surface.transferToImageBitmap();
  }

  /** Begins with a new canvas, e.g. for another character. */
  reset(): void {
    this.#last = null;
  }
}
