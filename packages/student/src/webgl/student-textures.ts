import { imageToModel, type RgbaImage } from '@tha4/core';
import type { StudentPlan } from '../plan/student-plan.ts';
import type { GpuResources } from './resources.ts';
import { type ActivationStorage, groupCount, layerCount } from './shaders/storage.ts';

/** The textures of a student, and what is read back from them. */
export class StudentTextures {
  /** The character, its face painted anew in every frame. One layer. */
  readonly picture: WebGLTexture;
  /** The frame in model space, and as bytes; in blocks. */
  readonly frame: WebGLTexture;
  readonly bytes: WebGLTexture;
  readonly #gl: WebGL2RenderingContext;
  readonly #resources: GpuResources;
  readonly #size: number;
  readonly #side: number;
  readonly #readers = new Map<WebGLTexture, readonly WebGLFramebuffer[]>();
  /** Activations by size: how many layers the widest need, and the two textures that layers read and write in turns. */
  readonly #activations = new Map<number, { readonly layers: number; readonly pair: WebGLTexture[] }>();

  constructor(
    gl: WebGL2RenderingContext,
    resources: GpuResources,
    storage: ActivationStorage,
    side: number,
    { face, levels }: StudentPlan,
    image: RgbaImage,
  ) {
    this.#gl = gl;
    this.#resources = resources;
    this.#size = image.width;
    this.#side = side;
    this.picture = resources.texture('uint32', image.width, 1);
    this.frame = this.blocked('uint32', image.width, 1);
    this.bytes = this.blocked('byte', image.width, 1);
    for (const texture of [this.frame, this.bytes]) {
      const layers = Array.from({ length: side ** 2 }, (_, layer) => resources.framebuffer([{ texture, layer }]));
      this.#readers.set(texture, layers);
    }
    for (const { size, entry, sines } of [face, ...levels]) {
      const widest = Math.max(entry.outputs, ...sines.map(({ outputs }) => outputs));
      const layers = Math.max(layerCount(storage, groupCount(widest)), this.#activations.get(size)?.layers ?? 0);
      this.#activations.set(size, { layers, pair: [] });
    }
    const bits = new Uint32Array(imageToModel(image).buffer);
    gl.bindTexture(gl.TEXTURE_2D_ARRAY, this.picture);
    gl.texSubImage3D(
      gl.TEXTURE_2D_ARRAY,
      0,
      0,
      0,
      0,
      this.#size,
      this.#size,
      1,
      gl.RGBA_INTEGER,
      gl.UNSIGNED_INT,
      bits,
    );
  }

  /** A texture that shaders write in blocks of pixels; see `Blocking`. */
  blocked(format: 'uint32' | 'byte', size: number, layers: number): WebGLTexture {
    return this.#resources.texture(format, size / this.#side, layers * this.#side ** 2);
  }

  /** A texture for activations of a size, but not the one that is being read. */
  activations(size: number, taken: WebGLTexture | null): WebGLTexture {
    const { layers, pair } = this.#activations.get(size)!;
    const free = pair.find((texture) => texture !== taken);
    if (free !== undefined) return free;
    const texture = this.blocked('uint32', size, layers);
    pair.push(texture);
    return texture;
  }

  /** Makes the frame transparent. */
  clear(): void {
    const gl = this.#gl;
    const nothing = new Uint32Array(Float32Array.of(-1, -1, -1, -1).buffer);
    for (const framebuffer of this.#readers.get(this.frame)!) {
      gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
      gl.clearBufferuiv(gl.COLOR, 0, nothing);
    }
    for (const framebuffer of this.#readers.get(this.bytes)!) {
      gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
      gl.clearBufferfv(gl.COLOR, 0, [0, 0, 0, 0]);
    }
  }

  /** `[size, size, 4]` bytes, sRGB with straight alpha. */
  readBytes(): Uint8ClampedArray<ArrayBuffer> {
    const gl = this.#gl;
    return this.#read(this.bytes, gl.RGBA, gl.UNSIGNED_BYTE, (count) => new Uint8ClampedArray(count));
  }

  /** `[size, size, 4]` in model space. */
  readFrame(): Float32Array {
    const gl = this.#gl;
    const bits = this.#read(this.frame, gl.RGBA_INTEGER, gl.UNSIGNED_INT, (count) => new Uint32Array(count));
    return new Float32Array(bits.buffer);
  }

  /** Reads a texture's layers, and puts the pixels of its blocks side by side again. */
  #read<T extends Uint8ClampedArray<ArrayBuffer> | Uint32Array<ArrayBuffer>>(
    texture: WebGLTexture,
    format: number,
    type: number,
    create: (count: number) => T,
  ): T {
    const gl = this.#gl;
    const [size, side] = [this.#size, this.#side];
    const width = size / side;
    const [whole, part] = [create(size ** 2 * 4), create(width ** 2 * 4)];
    const view = part instanceof Uint8ClampedArray ? new Uint8Array(part.buffer) : part; // what readPixels takes
    this.#readers.get(texture)!.forEach((framebuffer, layer) => {
      gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
      gl.readPixels(0, 0, width, width, format, type, view);
      if (side === 1) {
        whole.set(part);
        return;
      }
      for (let pixel = 0; pixel < width ** 2; pixel++) {
        const row = Math.floor(pixel / width) * side + Math.floor(layer / side);
        const column = (pixel % width) * side + (layer % side);
        for (let c = 0; c < 4; c++) whole[(row * size + column) * 4 + c] = part[pixel * 4 + c]!;
      }
    });
    return whole;
  }
}
