import type { Pass } from './pass.ts';
import { type PassInput, type PassLayer, PassList, type PassTools } from './pass-list.ts';
import type { Area } from './shaders/shader.ts';
import type { StudentTextures } from './student-textures.ts';
import type { Tiles } from './tiles.ts';

/** The end of a frame in two steps: into outputs that are kept, and from these into the frame. */
export interface KeptPasses {
  readonly outputs: Pass;
  readonly warp: Pass;
  /** The outputs, in blocks. */
  readonly kept: WebGLTexture;
}

/** What the end of a frame is made of. */
export interface LastLayers {
  readonly area: Area;
  readonly tiles: Tiles;
  readonly input: PassInput;
  readonly chain: readonly PassLayer[];
  /** What these layers are fed with at half the size, and the tiles of the level below; `null`: that is not possible. */
  readonly coarse: { readonly input: PassInput; readonly tiles: Tiles } | null;
}

/** Makes the passes, and a texture for the outputs; programs are requested, not awaited. */
export function keptPasses(
  gl: WebGL2RenderingContext,
  tools: PassTools,
  { area, tiles, input, chain }: LastLayers,
  textures: StudentTextures,
): KeptPasses {
  const list = new PassList(tools, tiles);
  const kept = textures.blocked('uint32', area.size, 2);
  list.finish(area, input, chain, null, [kept]);
  list.warp(area, kept, textures.picture, [textures.frame, textures.bytes]);
  list.upload(gl);
  const [outputs, warp] = list.passes;
  return { outputs: outputs!, warp: warp!, kept };
}
