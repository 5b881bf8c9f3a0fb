import { type Shader, shader } from './shader.ts';
import { blockedFetch } from './source.ts';

/**
 * `straightBytes(frame)`: model space to sRGB with straight alpha, each value a whole number of 255ths, so that a target
 * of 8 bits stores it as it is. The same as core's `modelToImage`: un-premultiplied in linear light, then encoded; black
 * under alpha 1e-5.
 */
export const ENCODE_GLSL = `
vec3 encoded(vec3 linear) {
  vec3 curve = 1.055 * pow(max(linear, 1e-9), vec3(1.0 / 2.4)) - 0.055;
  return mix(curve, linear * 12.92, lessThanEqual(linear, vec3(0.003130804953560372)));
}
vec4 straightBytes(vec4 frame) {
  vec4 unit = (frame + 1.0) * 0.5;
  float alpha = min(unit.a, 1.0);
  if (!(alpha >= 1e-5)) return vec4(0.0);
  vec4 straight = vec4(encoded(clamp(unit.rgb / alpha, 0.0, 1.0)), alpha);
  return floor(straight * 255.0 + 0.5) / 255.0;
}`;

/**
 * Puts a frame's straight bytes on a canvas with premultiplied alpha: sRGB values times alpha, as `putImageData` does
 * it, so that the page behind shows through alike. A canvas's row 0 is the lower one.
 *
 * @param side of the blocks in which the bytes were written
 */
export function canvasShader(size: number, side: number): Shader {
  return shader(
    { size, side: 1, left: 0, top: 0 },
    {
      declarations: ['uniform highp sampler2DArray source;', blockedFetch(side, 'vec4'), 'out vec4 colour;'],
      body: [
        `vec4 straight = fetchBlocked(ivec2(q0.x, ${size - 1} - q0.y), 0);`,
        'colour = vec4(straight.rgb * straight.a, straight.a);',
      ],
      blocks: [],
      samplers: [],
    },
  );
}
