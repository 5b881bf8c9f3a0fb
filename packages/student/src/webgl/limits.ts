import { BackendError } from '@tha4/core';

/** What a device can do, as far as shaders are made to measure for it. */
export interface WebglLimits {
  /** Render targets of a pass, 4 to 8. */
  readonly targets: number;
  /** Bytes of a uniform block. */
  readonly blockBytes: number;
  /** Offsets of uniform blocks in their buffer are multiples of it, bytes. */
  readonly blockAlignment: number;
  readonly renderer: string;
  /** Whether a CPU emulates the GPU. */
  readonly software: boolean;
}

/** Reads the limits of a context. */
export function readLimits(gl: WebGL2RenderingContext): WebglLimits {
  const limit = (name: number): number => gl.getParameter(name) as number;
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const renderer = String(gl.getParameter(info === null ? gl.RENDERER : info.UNMASKED_RENDERER_WEBGL));
  return {
    targets: Math.min(8, limit(gl.MAX_DRAW_BUFFERS), limit(gl.MAX_COLOR_ATTACHMENTS)),
    // Direct3D's constant buffers end at 64 KiB, and larger blocks are slow elsewhere, too.
    blockBytes: Math.min(65536, limit(gl.MAX_UNIFORM_BLOCK_SIZE)),
    blockAlignment: limit(gl.UNIFORM_BUFFER_OFFSET_ALIGNMENT),
    renderer,
    software: /swiftshader|llvmpipe|softpipe|software|basic render/i.test(renderer),
  };
}

/** Refuses a GPU that a CPU emulates. @throws {BackendError} */
export function refuseSoftware({ software, renderer }: WebglLimits): void {
  if (!software) return;
  throw new BackendError(`webgl: expected a GPU, got a software renderer (${renderer}); wasm is faster there`);
}
