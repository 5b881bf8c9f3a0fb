import { MAP_TILE } from '@tha4/core';
import { type Shader, shader } from './shader.ts';
import { blockedFetch } from './source.ts';
import { FLOAT_STORAGE } from './storage.ts';

/**
 * In which quarters of a tile of the frame something can be seen, alpha of more than half a step of a byte: a pixel for
 * each tile, and of it a channel for each quarter, full where there is.
 *
 * @param size of the frame
 * @param side of the blocks in which it was written
 */
export function lookShader(size: number, side: number): Shader {
  const [frame] = FLOAT_STORAGE.read(`fetchBlocked(min(from + ivec2(x, y), ${size - 1}), 0)`);
  const half = MAP_TILE / 2;
  return shader(
    { size: Math.ceil(size / MAP_TILE), side: 1, left: 0, top: 0 },
    {
      declarations: ['uniform highp usampler2DArray source;', blockedFetch(side), 'out vec4 colour;'],
      body: [
        `ivec2 from = q0 * ${MAP_TILE};`,
        'vec4 most = vec4(-1.0);',
        `for (int y = 0; y < ${MAP_TILE}; y++) {`,
        `for (int x = 0; x < ${MAP_TILE}; x++) {`,
        `int quarter = y / ${half} * 2 + x / ${half};`,
        `most[quarter] = max(most[quarter], ${frame}.a);`,
        '}',
        '}',
        `colour = vec4(greaterThan(most, vec4(${-1 + 1 / 255})));`,
      ],
      blocks: [],
      samplers: [],
    },
  );
}
