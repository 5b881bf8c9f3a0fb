import type { StudentConfig } from '@tha4/core';
import type { TilesOfFrame } from '../character/painted-tiles.ts';
import { fusedWork } from '../count/fused-work.ts';
import { layeredWork } from '../count/layered-work.ts';
import { allPixels, neededPixels, neededPixelsInTiles } from '../count/needed-pixels.ts';
import type { Work } from '../count/work.ts';
import type { Engine } from './contestant.ts';

/**
 * What a frame of an engine costs.
 *
 * @param tiles what is painted by engines that leave out the other tiles
 */
export function engineWork(engine: Engine, config: StudentConfig, tiles: TilesOfFrame): Work {
  const sizes = config.body.levels.map(({ size }) => size);
  const onGpu = (cull: boolean): number[] =>
    cull ? neededPixelsInTiles(sizes, tiles.gpu) : sizes.map((size) => size ** 2);
  switch (engine.kind) {
    case 'wasm':
      return fusedWork(config, engine.cull ? neededPixels(sizes, tiles.cpu) : allPixels(sizes));
    case 'webgpu':
      return fusedWork(config, onGpu(engine.cull));
    case 'webgl':
      return fusedWork(config, onGpu(engine.cull), { float: 4, half: 2 }[engine.precision]);
    case 'tfjs':
    case 'onnxruntime':
      return layeredWork(config, engine.graph);
  }
}
