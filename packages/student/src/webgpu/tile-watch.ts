import { MAP_TILE } from '@tha4/core';
import type { Quarters, Tile } from '../tiles/visible-tiles.ts';
import type { Buffers } from './buffers.ts';
import { MAP_READ } from './gpu-flags.ts';
import { LOOK_THREADS } from './look-shader.ts';
import { namedTiles } from './tiles.ts';

/** Looks at the tiles of each frame on the GPU; the CPU reads a number for each. */
export class TileWatch {
  readonly #device: GPUDevice;
  readonly #pipeline: GPUComputePipeline;
  readonly #bindings: GPUBindGroup;
  readonly #names: GPUBuffer;
  readonly #quarters: GPUBuffer;
  readonly #readable: GPUBuffer;
  #tiles: readonly Tile[] = [];

  /** @param pipeline of `lookShader` */
  constructor(device: GPUDevice, buffers: Buffers, pipeline: GPUComputePipeline, frame: GPUBuffer, size: number) {
    const most = Math.ceil(size / MAP_TILE) ** 2;
    this.#device = device;
    this.#pipeline = pipeline;
    this.#names = buffers.empty((most + 1) * 4);
    this.#quarters = buffers.empty(most * 4);
    this.#readable = buffers.readable(most * 4);
    this.#bindings = device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: [frame, this.#names, this.#quarters].map((buffer, binding) => ({ binding, resource: { buffer } })),
    });
  }

  /** Sets the tiles to look at. */
  watch(tiles: readonly Tile[]): void {
    this.#tiles = tiles;
    this.#device.queue.writeBuffer(this.#names, 0, namedTiles(tiles));
  }

  /** Looks at them, behind what the encoder paints. */
  encode(encoder: GPUCommandEncoder): void {
    if (this.#tiles.length === 0) return;
    const work = encoder.beginComputePass();
    work.setPipeline(this.#pipeline);
    work.setBindGroup(0, this.#bindings);
    work.dispatchWorkgroups(Math.ceil(this.#tiles.length / LOOK_THREADS));
    work.end();
    encoder.copyBufferToBuffer(this.#quarters, 0, this.#readable, 0, this.#tiles.length * 4);
  }

  /** Waits for what was encoded and submitted. @returns for each tile, in which quarters something can be seen */
  async seen(): Promise<ArrayLike<Quarters>> {
    if (this.#tiles.length === 0) return [];
    await this.#readable.mapAsync(MAP_READ, 0, this.#tiles.length * 4);
    const quarters = new Uint32Array(this.#readable.getMappedRange(0, this.#tiles.length * 4)).slice();
    this.#readable.unmap();
    return quarters;
  }
}
