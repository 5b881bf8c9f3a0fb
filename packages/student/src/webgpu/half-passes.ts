import type { Buffers } from './buffers.ts';
import { enlargeShader } from './enlarge-shader.ts';
import { type LastLevel, outputsOf } from './kept-passes.ts';
import type { LevelLayout } from './level-layout.ts';
import { compile, makePass, type Pass, type Pipelines } from './passes.ts';
import { SQUARE_NAMES } from './place-shader.ts';
import { allTiles } from './tiles.ts';

/** The last level at half the size, into outputs that are kept. */
export interface HalfPasses {
  /** Layout of the pass at half the size, and the tiles that it takes: of the level below. */
  readonly layout: LevelLayout;
  /** Outputs at half the size; these enlarged, with a list of what would be smeared; outputs of what is listed. */
  readonly passes: readonly [Pass, Pass, Pass];
  /** To be called before each frame. */
  readonly clearList: () => void;
}

/**
 * Makes the passes.
 *
 * @param field where the outputs are kept; see `keptPasses`
 * @param shader of a level with its layout
 * @param workgroups most workgroups of a dispatch
 */
export async function halfPasses(
  device: GPUDevice,
  pipelines: Pipelines,
  buffers: Buffers,
  last: LastLevel,
  field: GPUBuffer,
  shader: (layout: LevelLayout) => string,
  workgroups: number,
): Promise<HalfPasses> {
  const { size } = last.layout;
  const coarseLayout: LevelLayout = { ...last.layout, size: size / 2, exit: 'grid', below: 'same size' };
  const codes = [coarseLayout, { ...last.layout, exit: 'grid', cut: 'squares' } as const].map(shader);
  const [coarse, enlarge, refine] = await Promise.all(
    [codes[0]!, enlargeShader(last.layout, workgroups), codes[1]!].map((code) => compile(device, pipelines, code)),
  );
  const outputs = buffers.empty((size / 2) ** 2 * 32);
  const squares = buffers.indirect((SQUARE_NAMES + (size / 2) ** 2) * 4);
  const coarseTiles = buffers.filled(allTiles(coarseLayout));
  const [list, picture] = [last.bound.get(2)!, last.bound.get(4)!];
  const atHalf = new Map([...outputsOf(last, outputs), [2, coarseTiles]]);
  const enlarged = new Map([
    [0, outputs],
    [1, squares],
    [2, list],
    [3, field],
    [4, picture],
  ]);
  const refined = new Map([...outputsOf(last, field), [2, squares]]);
  return {
    layout: coarseLayout,
    passes: [
      makePass(device, coarse!, atHalf, { buffer: coarseTiles, count: coarseTiles.size / 4 - 1 }),
      makePass(device, enlarge!, enlarged, last.pass.tiles),
      makePass(device, refine!, refined, { buffer: squares, count: null }),
    ],
    clearList: () => device.queue.writeBuffer(squares, 0, Uint32Array.of(0, 0, 1, 1)),
  };
}
