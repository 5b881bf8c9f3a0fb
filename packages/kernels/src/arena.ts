/** Hands out pieces of one WebAssembly memory, 64-byte aligned, and never takes one back. */
export class Arena {
  readonly memory: WebAssembly.Memory;
  #next: number;

  /** @param start first byte that is free; the kernels keep nothing in memory themselves */
  constructor(memory: WebAssembly.Memory, start = 1024) {
    this.memory = memory;
    this.#next = start;
  }

  /** @returns pointer to `bytes` bytes; the memory grows when it has to, so take views only afterwards */
  take(bytes: number): number {
    const pointer = Math.ceil(this.#next / 64) * 64;
    this.#next = pointer + bytes;
    const missing = this.#next - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / 65536));
    return pointer;
  }

  /** Takes room for `data` and copies it there. */
  put(data: Float32Array | Int16Array | Int32Array | Uint32Array): number {
    const pointer = this.take(data.byteLength);
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    new Uint8Array(this.memory.buffer, pointer, data.byteLength).set(bytes);
    return pointer;
  }
}
