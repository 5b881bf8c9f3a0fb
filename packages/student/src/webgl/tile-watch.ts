import { MAP_TILE } from '@tha4/core';
import type { Quarters, Tile } from '../tiles/visible-tiles.ts';
import { bindTexture } from './pass.ts';
import { type Programs, SOURCE_UNIT } from './programs.ts';
import type { GpuResources } from './resources.ts';
import { lookShader } from './shaders/look-shader.ts';
import { Tiles } from './tiles.ts';

/** Looks at the tiles of each frame on the GPU; the CPU reads four bytes for each, once the GPU is done with them. */
export class TileWatch {
  readonly #gl: WebGL2RenderingContext;
  readonly #side: number;
  readonly #program: WebGLProgram;
  readonly #framebuffer: WebGLFramebuffer;
  readonly #whole: Tiles;
  readonly #frame: WebGLTexture;
  readonly #bytes: Uint8Array;
  readonly #buffer: WebGLBuffer;

  /** @param block side of the blocks in which the frame is written */
  constructor(
    gl: WebGL2RenderingContext,
    resources: GpuResources,
    programs: Programs,
    frame: WebGLTexture,
    size: number,
    block: number,
  ) {
    this.#gl = gl;
    this.#frame = frame;
    this.#side = Math.ceil(size / MAP_TILE);
    this.#program = programs.request(lookShader(size, block));
    this.#framebuffer = resources.framebuffer([{ texture: resources.texture('byte', this.#side, 1), layer: 0 }]);
    this.#whole = new Tiles(gl, resources, this.#side);
    this.#bytes = new Uint8Array(this.#side ** 2 * 4);
    this.#buffer = resources.buffer(gl.PIXEL_PACK_BUFFER, this.#bytes, gl.STREAM_READ);
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
  }

  /** Asks the device to look, behind what it paints. */
  look(): void {
    const gl = this.#gl;
    gl.useProgram(this.#program);
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.#framebuffer);
    gl.viewport(0, 0, this.#side, this.#side);
    bindTexture(gl, SOURCE_UNIT, this.#frame);
    this.#whole.draw();
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, this.#buffer);
    gl.readPixels(0, 0, this.#side, this.#side, gl.RGBA, gl.UNSIGNED_BYTE, 0);
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
  }

  /** Once the GPU is done: in which quarters of some tiles something can be seen. */
  seen(tiles: readonly Tile[]): Quarters[] {
    const gl = this.#gl;
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, this.#buffer);
    gl.getBufferSubData(gl.PIXEL_PACK_BUFFER, 0, this.#bytes);
    gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
    return tiles.map(({ row, column }) => {
      const at = (row * this.#side + column) * 4;
      return [0, 1, 2, 3].reduce((bits, i) => (this.#bytes[at + i]! > 0 ? bits | (1 << i) : bits), 0);
    });
  }
}
