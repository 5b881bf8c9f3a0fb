import type { StudentConfig } from '@tha4/core';
import { fusedWork } from '../count/fused-work.ts';
import { layeredWork } from '../count/layered-work.ts';
import { allPixels, neededPixels, neededPixelsInTiles } from '../count/needed-pixels.ts';
import type { Work } from '../count/work.ts';
import type { Engine } from './contestant.ts';

/**
 * What a frame of an engine costs.
 *
 * @param tiles `[side, side]`, 1 where a tile is painted by engines that leave out the others
 */
export function engineWork(engine: Engine, config: StudentConfig, tiles: Uint8Array): Work {
  const sizes = config.body.levels.map(({ size }) => size);
  const onGpu = (cull: boolean): number[] =>
    cull ? neededPixelsInTiles(sizes, tiles) : sizes.map((size) => size ** 2);
  switch (engine.kind) {
    case 'wasm':
      return fusedWork(config, engine.cull ? neededPixels(sizes, tiles) : allPixels(sizes));
    case 'webgpu':
      return fusedWork(config, onGpu(engine.cull));
    case 'webgl':
      return fusedWork(config, onGpu(engine.cull), { float: 4, half: 2 }[engine.precision]);
    case 'tfjs':
    case 'onnxruntime':
      return layeredWork(config, engine.graph);
  }
}
