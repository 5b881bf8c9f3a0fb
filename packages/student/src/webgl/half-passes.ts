import type { KeptPasses, LastLayers } from './kept-passes.ts';
import type { Pass } from './pass.ts';
import { PassList, type PassTools } from './pass-list.ts';
import type { StudentTextures } from './student-textures.ts';

/**
 * Makes the passes that take the place of `outputs` where the last layers are computed at half the size: these; the
 * outputs enlarged, with marks where that would smear them; and the outputs where there are marks. Programs are
 * requested, not awaited.
 */
export function halfPasses(
  gl: WebGL2RenderingContext,
  tools: PassTools,
  { area, tiles, chain }: LastLayers,
  coarse: NonNullable<LastLayers['coarse']>,
  { outputs, kept }: KeptPasses,
  textures: StudentTextures,
): readonly Pass[] {
  const list = new PassList(tools, coarse.tiles);
  const atHalf = { ...area, size: area.size / 2 };
  const small = textures.blocked('uint32', atHalf.size, 2);
  const depths = tools.resources.depths(area.size / area.side);
  list.finish(atHalf, coarse.input, chain, null, [small]);
  list.within(tiles);
  list.enlarge(area, small, textures.picture, kept, depths);
  list.refine(outputs, kept, depths);
  list.upload(gl);
  return list.passes;
}
