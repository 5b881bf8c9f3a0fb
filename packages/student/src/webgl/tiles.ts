import { MAP_TILE } from '@tha4/core';
import type { GpuResources } from './resources.ts';

/** The parts of a square that are painted, for any number of passes. */
export class Tiles {
  readonly #gl: WebGL2RenderingContext;
  readonly #array: WebGLVertexArrayObject;
  readonly #buffer: WebGLBuffer;
  #count = 0;

  /** All of a square of `size` pixels. */
  constructor(gl: WebGL2RenderingContext, resources: GpuResources, size: number) {
    this.#gl = gl;
    const { array, buffer } = resources.tiles(Math.ceil(size / MAP_TILE) ** 2);
    this.#array = array;
    this.#buffer = buffer;
    this.set(Float32Array.of(0, 0, size, size));
  }

  /** @param rectangles (left, top, right, bottom) of each, pixels; at most as many as there are tiles in a map */
  set(rectangles: Float32Array): void {
    const gl = this.#gl;
    this.#count = rectangles.length / 4;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer);
    gl.bufferSubData(gl.ARRAY_BUFFER, 0, rectangles);
  }

  /** Draws them with what is set. */
  draw(): void {
    const gl = this.#gl;
    gl.bindVertexArray(this.#array);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, this.#count);
  }
}
