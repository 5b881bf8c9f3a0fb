/**
 * How much a shader's thread does at once, and where weights lie: the two things in which GPUs differ from CPUs that
 * pretend to be one.
 */
export interface Blocking {
  /**
   * Side of the square of pixels that a thread paints. Its `side ** 2` pixels lie in as many layers of a texture, so
   * that one thread can write them all: pixel (column, row) of group g in texel (column / side, row / side) of layer
   * g side^2 + (row % side) side + column % side.
   */
  readonly side: 1 | 2;
  readonly weights: 'uniforms' | 'texture';
  /**
   * Output groups of the very last sine layer that are in registers at a time. More of them read the layer below less
   * often, until registers run out: a GPU's thread has 128 numbers and more, an emulated one has memory.
   */
  readonly lastGroups: number;
}

/**
 * A weight is the same for all threads at a time. GPUs load it once for a whole group of them from a uniform block, so
 * weights cost little, activations (fetches) much: one pixel and as many outputs as there are render targets.
 */
export const GPU_BLOCKING: Blocking = { side: 1, weights: 'uniforms', lastGroups: 8 };

/**
 * SwiftShader runs four threads at a time, loads a uniform number by number, and takes a fetch for each: few loads for
 * many multiplications, four pixels and a quarter of the outputs, was 4 times faster there when both were measured (14 s
 * of CPU a frame, 60 s as cut for GPUs). Other CPUs that pretend are taken to be alike.
 */
export const SOFTWARE_BLOCKING: Blocking = { side: 2, weights: 'texture', lastGroups: 24 };

/** Numbers 0 to `count - 1`. */
export function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}
