import type { Buffers } from './buffers.ts';
import type { LevelLayout } from './level-layout.ts';
import { type BoundBuffers, compile, makePass, type Pass, type Pipelines } from './passes.ts';
import { warpShader } from './warp-shader.ts';

/** The last level in two steps: into outputs that are kept, and from these into the frame. */
export interface KeptPasses {
  readonly outputs: Pass;
  readonly warp: Pass;
  /** The outputs, `[size, size, 2]` vec4. */
  readonly field: GPUBuffer;
}

/** What the last level's pass into the frame is made of. */
export interface LastLevel {
  readonly layout: LevelLayout;
  readonly bound: BoundBuffers;
  readonly pass: Pass;
}

/** What the last level reads and writes where its outputs go into a buffer. */
export function outputsOf({ bound }: LastLevel, target: GPUBuffer): Map<number, GPUBuffer> {
  const buffers = new Map([...bound, [3, target]]);
  buffers.delete(4);
  return buffers;
}

/** Makes the passes, and room for the outputs. @param shader of a level with its layout */
export async function keptPasses(
  device: GPUDevice,
  pipelines: Pipelines,
  buffers: Buffers,
  last: LastLevel,
  shader: (layout: LevelLayout) => string,
): Promise<KeptPasses> {
  const {
    layout,
    bound,
    pass: { tiles },
  } = last;
  const [outputs, warp] = await Promise.all([
    compile(device, pipelines, shader({ ...layout, exit: 'grid' })), // as a grid they lie side by side
    compile(device, pipelines, warpShader(layout)),
  ]);
  const field = buffers.empty(layout.size ** 2 * 32);
  const [list, frame, picture] = [2, 3, 4].map((binding) => bound.get(binding)!);
  const warped = new Map([
    [0, field],
    [2, list!],
    [3, frame!],
    [4, picture!],
  ]);
  return {
    outputs: makePass(device, outputs, outputsOf(last, field), tiles),
    warp: makePass(device, warp, warped, tiles),
    field,
  };
}
