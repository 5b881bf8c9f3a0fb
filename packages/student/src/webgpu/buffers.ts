import { BUFFER } from './gpu-flags.ts';

/** The buffers of one student, counted, and freed together. */
export class Buffers {
  readonly #device: GPUDevice;
  readonly #buffers: GPUBuffer[] = [];

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  /** A storage buffer of so many bytes, zeros at first; copies may go in and out. */
  empty(bytes: number): GPUBuffer {
    return this.#create(bytes, BUFFER.storage | BUFFER.copySource | BUFFER.copyTarget);
  }

  /** A storage buffer with these contents. */
  filled(data: Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>): GPUBuffer {
    const buffer = this.empty(data.byteLength);
    this.#device.queue.writeBuffer(buffer, 0, data);
    return buffer;
  }

  /** A storage buffer that may also say how many workgroups a dispatch has. */
  indirect(bytes: number): GPUBuffer {
    return this.#create(bytes, BUFFER.storage | BUFFER.copyTarget | BUFFER.indirect);
  }

  /** A buffer that the CPU can read after a copy. */
  readable(bytes: number): GPUBuffer {
    return this.#create(bytes, BUFFER.mapRead | BUFFER.copyTarget);
  }

  get count(): number {
    return this.#buffers.length;
  }

  get bytes(): number {
    return this.#buffers.reduce((sum, { size }) => sum + size, 0);
  }

  destroy(): void {
    for (const buffer of this.#buffers) buffer.destroy();
    this.#buffers.length = 0;
  }

  #create(size: number, usage: number): GPUBuffer {
    const buffer = this.#device.createBuffer({ size, usage });
    this.#buffers.push(buffer);
    return buffer;
  }
}
