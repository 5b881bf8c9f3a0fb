import type { GpuResources } from './resources.ts';

/** A part of a uniform buffer that fills one block, bytes. */
export interface UniformSlot {
  readonly store: UniformStore;
  readonly offset: number;
  readonly bytes: number;
}

/** Collects the contents of uniform blocks in one buffer. */
export class UniformStore {
  readonly #alignment: number;
  readonly #parts: { readonly offset: number; readonly data: Float32Array }[] = [];
  #bytes = 0;
  #buffer: WebGLBuffer | null = null;
  #data: Float32Array = new Float32Array(0);

  constructor(alignment: number) {
    this.#alignment = alignment;
  }

  add(data: Float32Array): UniformSlot {
    const offset = this.#bytes;
    this.#parts.push({ offset, data });
    this.#bytes = Math.ceil((offset + data.byteLength) / this.#alignment) * this.#alignment;
    return { store: this, offset, bytes: data.byteLength };
  }

  /** Makes the buffer, once all is added. */
  upload(gl: WebGL2RenderingContext, resources: GpuResources, usage: number): void {
    this.#data = new Float32Array(this.#bytes / 4);
    for (const { offset, data } of this.#parts) this.#data.set(data, offset / 4);
    this.#parts.length = 0;
    this.#buffer = resources.buffer(gl.UNIFORM_BUFFER, this.#data, usage);
  }

  /** A slot's numbers, to be changed before `refresh`. */
  view({ offset, bytes }: UniformSlot): Float32Array {
    return this.#data.subarray(offset / 4, (offset + bytes) / 4);
  }

  /** Sends all numbers again. */
  refresh(gl: WebGL2RenderingContext): void {
    gl.bindBuffer(gl.UNIFORM_BUFFER, this.#buffer);
    gl.bufferSubData(gl.UNIFORM_BUFFER, 0, this.#data);
  }

  /** Lets a block read a slot. */
  bind(gl: WebGL2RenderingContext, binding: number, { offset, bytes }: UniformSlot): void {
    gl.bindBufferRange(gl.UNIFORM_BUFFER, binding, this.#buffer, offset, bytes);
  }
}
