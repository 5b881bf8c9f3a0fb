import { MAP_TILE } from '@tha4/core';
import { type Shader, shader } from './shader.ts';
import { blockedFetch } from './source.ts';
import { FLOAT_STORAGE } from './storage.ts';

/**
 * Whether something can be seen in a tile of the frame, alpha of more than half a step of a byte: a pixel for each tile,
 * white where there is.
 *
 * @param size of the frame
 * @param side of the blocks in which it was written
 */
export function bandShader(size: number, side: number): Shader {
  const [frame] = FLOAT_STORAGE.read(`fetchBlocked(min(from + ivec2(x, y), ${size - 1}), 0)`);
  return shader(
    { size: Math.ceil(size / MAP_TILE), side: 1, left: 0, top: 0 },
    {
      declarations: ['uniform highp usampler2DArray source;', blockedFetch(side), 'out vec4 colour;'],
      body: [
        `ivec2 from = q0 * ${MAP_TILE};`,
        'float most = -1.0;',
        `for (int y = 0; y < ${MAP_TILE}; y++) {`,
        `for (int x = 0; x < ${MAP_TILE}; x++) most = max(most, ${frame}.a);`,
        '}',
        `colour = vec4(most > ${-1 + 1 / 255} ? 1.0 : 0.0);`,
      ],
      blocks: [],
      samplers: [],
    },
  );
}
