import { BackendError } from '@tha4/core';

/** Formats of the textures here, all of them arrays. */
export type TextureFormat = 'uint32' | 'byte';

const TEXEL_BYTES: Record<TextureFormat, number> = { uint32: 16, byte: 4 };

/** Textures, buffers and the like of one character, counted, and freed together. */
export class GpuResources {
  readonly #gl: WebGL2RenderingContext;
  readonly #free: (() => void)[] = [];
  #count = 0;
  #bytes = 0;

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl;
  }

  /** Textures and buffers. */
  get count(): number {
    return this.#count;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** A square texture array of zeros, read texel by texel. */
  texture(format: TextureFormat, size: number, layers: number): WebGLTexture {
    const gl = this.#gl;
    const texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D_ARRAY, texture);
    gl.texStorage3D(gl.TEXTURE_2D_ARRAY, 1, format === 'byte' ? gl.RGBA8 : gl.RGBA32UI, size, size, layers);
    for (const filter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) {
      gl.texParameteri(gl.TEXTURE_2D_ARRAY, filter, gl.NEAREST);
    }
    this.#own(size * size * layers * TEXEL_BYTES[format], () => gl.deleteTexture(texture));
    return texture;
  }

  /** A texture of float32 quadruples, `[height, width, 4]`. */
  table(width: number, data: Float32Array): WebGLTexture {
    const gl = this.#gl;
    const texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, texture);
    const height = data.length / 4 / width;
    gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA32F, width, height);
    gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, width, height, gl.RGBA, gl.FLOAT, data);
    for (const filter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) {
      gl.texParameteri(gl.TEXTURE_2D, filter, gl.NEAREST);
    }
    this.#own(data.byteLength, () => gl.deleteTexture(texture));
    return texture;
  }

  buffer(target: number, data: Float32Array | Uint8Array, usage: number): WebGLBuffer {
    const gl = this.#gl;
    const buffer = gl.createBuffer();
    gl.bindBuffer(target, buffer);
    gl.bufferData(target, data, usage);
    this.#own(data.byteLength, () => gl.deleteBuffer(buffer));
    return buffer;
  }

  /** A vertex array for at most so many tiles, and the buffer for them: one instance each, four floats. */
  tiles(most: number): { readonly array: WebGLVertexArrayObject; readonly buffer: WebGLBuffer } {
    const gl = this.#gl;
    const array = gl.createVertexArray();
    gl.bindVertexArray(array);
    const buffer = this.buffer(gl.ARRAY_BUFFER, new Float32Array(most * 4), gl.DYNAMIC_DRAW);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, 4, gl.FLOAT, false, 0, 0);
    gl.vertexAttribDivisor(0, 1);
    gl.bindVertexArray(null);
    this.#free.push(() => gl.deleteVertexArray(array));
    return { array, buffer };
  }

  /** Depths of a square, to be used with render targets of its size. */
  depths(size: number): WebGLRenderbuffer {
    const gl = this.#gl;
    const buffer = gl.createRenderbuffer();
    gl.bindRenderbuffer(gl.RENDERBUFFER, buffer);
    gl.renderbufferStorage(gl.RENDERBUFFER, gl.DEPTH_COMPONENT16, size, size);
    this.#own(size * size * 2, () => gl.deleteRenderbuffer(buffer));
    return buffer;
  }

  /** Render targets: layers of textures, and depths. @throws {BackendError} when the device cannot draw to them together */
  framebuffer(
    targets: readonly { readonly texture: WebGLTexture; readonly layer: number }[],
    depths: WebGLRenderbuffer | null = null,
  ): WebGLFramebuffer {
    const gl = this.#gl;
    const framebuffer = gl.createFramebuffer();
    this.#free.push(() => gl.deleteFramebuffer(framebuffer));
    gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
    targets.forEach(({ texture, layer }, i) => {
      gl.framebufferTextureLayer(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0 + i, texture, 0, layer);
    });
    gl.framebufferRenderbuffer(gl.FRAMEBUFFER, gl.DEPTH_ATTACHMENT, gl.RENDERBUFFER, depths);
    gl.drawBuffers(targets.map((_, i) => gl.COLOR_ATTACHMENT0 + i));
    const status = gl.checkFramebufferStatus(gl.FRAMEBUFFER);
    if (status !== gl.FRAMEBUFFER_COMPLETE && !gl.isContextLost()) {
      throw new BackendError(
        `webgl: expected ${targets.length} render targets to work together, got status 0x${status.toString(16)}; use wasm`,
      );
    }
    return framebuffer;
  }

  dispose(): void {
    for (const free of this.#free) free();
    this.#free.length = 0;
    this.#count = 0;
    this.#bytes = 0;
  }

  #own(bytes: number, free: () => void): void {
    this.#count++;
    this.#bytes += bytes;
    this.#free.push(() => {
      free();
      this.#count--;
      this.#bytes -= bytes;
    });
  }
}
