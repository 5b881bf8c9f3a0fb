import { range } from './blocking.ts';
import { SINE_GLSL } from './sine.ts';

/** A program's text, and the uniform blocks and weight textures that it binds, in order. */
export interface Shader {
  readonly vertex: string;
  readonly fragment: string;
  readonly blocks: readonly string[];
  readonly samplers: readonly string[];
}

/** The square that a shader paints. Row 0 of every texture is the picture's upper row; only a canvas is upside down. */
export interface Area {
  /** Side, pixels. */
  readonly size: number;
  /** Side of the square of pixels that a thread paints; see `Blocking`. */
  readonly side: number;
  /** Where it lies in the target, pixels. */
  readonly left: number;
  readonly top: number;
}

/** Text of a shader but for what all have in common. */
export interface ShaderText {
  readonly declarations: readonly string[];
  readonly body: readonly string[];
  readonly blocks: readonly string[];
  readonly samplers: readonly string[];
}

/** Four corners of each tile, (left, top, right, bottom) in pixels: one instance a tile. */
function vertexText(size: number): string {
  return `#version 300 es
layout(location = 0) in vec4 tile;
void main() {
  vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  gl_Position = vec4(mix(tile.xy, tile.zw, corner) * ${glslFloat(2 / size)} - 1.0, 0.0, 1.0);
}`;
}

/**
 * A shader over a square. In its body, `q0`, `q1`, ... are the thread's pixels (column, row) and `at0`, ... their
 * centres' coordinates: pixel i of n is at (2 i + 1) / n - 1.
 */
export function shader(area: Area, { declarations, body, blocks, samplers }: ShaderText): Shader {
  const { size, side, left, top } = area;
  const pixels = range(side * side).map(
    (k) => `ivec2 q${k} = p * ${side} + ivec2(${k % side}, ${Math.floor(k / side)});
vec2 at${k} = vec2(2 * q${k} + 1) * ${glslFloat(1 / size)} - 1.0;`,
  );
  const fragment = `#version 300 es
precision highp float;
precision highp int;
${SINE_GLSL}
${declarations.join('\n')}
void main() {
ivec2 p = ivec2(gl_FragCoord.xy) - ivec2(${left}, ${top});
${pixels.join('\n')}
${body.join('\n')}
}`;
  return { vertex: vertexText(size), fragment, blocks, samplers };
}

/** Declarations of `count` integer render targets `out0`, `out1`, ... */
export function integerTargets(count: number): string {
  return range(count)
    .map((i) => `layout(location = ${i}) out highp uvec4 out${i};`)
    .join('\n');
}

/** A number as GLSL writes a float. */
export function glslFloat(value: number): string {
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}
