import { PICTURE_UNIT, SOURCE_UNIT, WEIGHT_UNIT } from './programs.ts';
import type { Area } from './shaders/shader.ts';
import type { Tiles } from './tiles.ts';
import type { UniformSlot } from './uniforms.ts';

/** One draw of a frame, ready to run. */
export interface Pass {
  readonly program: WebGLProgram;
  readonly framebuffer: WebGLFramebuffer;
  readonly area: Area;
  readonly tiles: Tiles;
  readonly source: WebGLTexture | null;
  readonly picture: WebGLTexture | null;
  /** Whether it writes depths, as marks; or paints only where these are in front of it. */
  readonly depth: 'none' | 'marks' | 'where marked';
  /** The shader's uniform `first`, where it has one. */
  readonly first: number | null;
  /** What fills the shader's uniform blocks, in its order. */
  readonly slots: readonly UniformSlot[];
  /** The textures of its weights, where they are not in uniform blocks. */
  readonly weights: readonly WebGLTexture[];
}

/** Sets the state that all passes share. */
export function startPasses(gl: WebGL2RenderingContext): void {
  for (const off of [gl.BLEND, gl.DEPTH_TEST, gl.STENCIL_TEST, gl.SCISSOR_TEST, gl.CULL_FACE, gl.DITHER])
    gl.disable(off);
}

/** Draws a pass. */
export function runPass(
  gl: WebGL2RenderingContext,
  { program, framebuffer, area, tiles, source, picture, depth, first, slots, weights }: Pass,
): void {
  gl.useProgram(program);
  gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
  gl.viewport(area.left, area.top, area.size / area.side, area.size / area.side);
  bindTexture(gl, SOURCE_UNIT, source);
  bindTexture(gl, PICTURE_UNIT, picture);
  if (first !== null) gl.uniform1i(gl.getUniformLocation(program, 'first'), first);
  weights.forEach((texture, i) => {
    gl.activeTexture(gl.TEXTURE0 + WEIGHT_UNIT + i);
    gl.bindTexture(gl.TEXTURE_2D, texture);
  });
  slots.forEach((slot, binding) => {
    slot.store.bind(gl, binding, slot);
  });
  if (depth !== 'none') {
    gl.enable(gl.DEPTH_TEST);
    gl.depthMask(depth === 'marks');
    gl.depthFunc(depth === 'marks' ? gl.ALWAYS : gl.GREATER);
  }
  tiles.draw();
  if (depth !== 'none') gl.disable(gl.DEPTH_TEST);
}

/** Makes a texture array the one that a unit reads; `null` leaves the unit empty. */
export function bindTexture(gl: WebGL2RenderingContext, unit: number, texture: WebGLTexture | null): void {
  gl.activeTexture(gl.TEXTURE0 + unit);
  gl.bindTexture(gl.TEXTURE_2D_ARRAY, texture);
}
