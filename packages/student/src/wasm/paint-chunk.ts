import { type Kernels, ROW_BYTES } from '@tha4/kernels';
import type { Layer, StudentLayout } from './student-layout.ts';

/** Pixels that go through a network or level together; their activations stay in the first cache. */
export const CHUNK = 32;

const CHUNK_BYTES = CHUNK * ROW_BYTES;

/** Bytes of the three chunks that a thread works in: two take turns with activations, one holds positions. */
export const SCRATCH_BYTES: number = 3 * CHUNK_BYTES;

/** Bytes of the network's seven outputs for a pixel, and one number more. */
export const OUTPUT_BYTES = 32;

/** What one thread paints with. */
export interface Painter {
  readonly kernels: Kernels;
  readonly layout: StudentLayout;
  /** Pointer to `SCRATCH_BYTES` of its own. */
  readonly scratch: number;
}

/** Paints `pixels` of the face from number `first` on, and pastes them into the picture. */
export function paintFaceChunk({ kernels, layout, scratch }: Painter, first: number, pixels: number): void {
  kernels.positions(layout.faceList + first * 4, pixels, layout.faceSize, scratch, 0, 1);
  const [from] = runAll(kernels, layout.faceLayers, scratch, scratch + CHUNK_BYTES, pixels);
  kernels.scatter(from, layout.faceTarget + first * 4, pixels, layout.image, layout.size, 16, 0);
}

/**
 * Takes `pixels` of a level into the next level's grid, or the frame.
 *
 * @param names pointer to their names
 * @param keep of the last level: the network's outputs are kept as well
 */
export function paintLevelChunk(painter: Painter, index: number, keep: boolean, names: number, pixels: number): void {
  const { kernels, layout, scratch } = painter;
  const { size, sixteen, entry, grid, gridLanes, sines, exit, sum } = layout.levels[index]!;
  const next = layout.levels[index + 1] ?? null;
  let from = scratch;
  let to = scratch + CHUNK_BYTES;
  if (entry === null) {
    kernels.enlargeSine(grid, names, pixels, size, gridLanes, from, sixteen);
  } else {
    kernels.positions(names, pixels, size, to, 0, 1);
    run(kernels, entry, to, from, pixels);
  }
  [from, to] = runAll(kernels, sines, from, to, pixels);
  if (next === null) {
    run(kernels, exit, from, to, pixels);
    if (keep) kernels.scatter(to, names, pixels, layout.field, size, OUTPUT_BYTES, 0);
    kernels.warpBlend(to, names, pixels, layout.image, size, layout.frame);
  } else {
    const positions = sum === null ? from : scratch + 2 * CHUNK_BYTES;
    kernels.positions(names, pixels, size, positions, (exit.inputs - 2) * 4, 0);
    run(kernels, exit, positions, to, pixels);
    if (sum !== null) kernels.sum16(from, to, sum.weights, sum.scales, sum.segments, sum.blocks, pixels);
    kernels.scatter(to, names, pixels, next.grid, size + 2, exit.blocks * 32, 1);
  }
}

/** The last level's outputs at the pixels of the level below: what its grid holds is taken as it is. */
export function paintHalfChunk({ kernels, layout, scratch }: Painter, names: number, pixels: number): void {
  const { size, sixteen, grid, gridLanes, sines, exit } = layout.levels.at(-1)!;
  kernels.gather(grid, names, pixels, size / 2 + 2, gridLanes, 1, scratch, sixteen === 1 ? 0 : 1);
  if (sixteen === 1) kernels.sines16(scratch, gridLanes / 2, pixels);
  const [from, to] = runAll(kernels, sines, scratch, scratch + CHUNK_BYTES, pixels);
  run(kernels, exit, from, to, pixels);
  kernels.scatter(to, names, pixels, layout.half, size / 2 + 2, OUTPUT_BYTES, 1);
}

/** The frame's pixels from outputs at half the size, which are kept at the full one. */
export function paintEnlargedChunk({ kernels, layout, scratch }: Painter, names: number, pixels: number): void {
  kernels.enlarge(layout.half, names, pixels, layout.size, scratch);
  kernels.scatter(scratch, names, pixels, layout.field, layout.size, OUTPUT_BYTES, 0);
  kernels.warpBlend(scratch, names, pixels, layout.image, layout.size, layout.frame);
}

/** The frame's pixels from the outputs that were kept. */
export function paintKeptChunk({ kernels, layout, scratch }: Painter, names: number, pixels: number): void {
  kernels.gather(layout.field, names, pixels, layout.size, OUTPUT_BYTES / 16, 0, scratch, 0);
  kernels.warpBlend(scratch, names, pixels, layout.image, layout.size, layout.frame);
}

/** Runs layers one after the other. @returns where the last one's outputs are, and the other chunk */
function runAll(
  kernels: Kernels,
  layers: readonly Layer[],
  from: number,
  to: number,
  pixels: number,
): readonly [number, number] {
  for (const layer of layers) {
    run(kernels, layer, from, to, pixels);
    [from, to] = [to, from];
  }
  return [from, to];
}

function run(kernels: Kernels, layer: Layer, from: number, to: number, pixels: number): void {
  const { weights, bias, blocks } = layer;
  if ('multiples' in layer) {
    kernels.layer16(from, to, weights, bias, layer.multiples, layer.pairs, blocks, pixels, layer.float);
    return;
  }
  kernels.layer(from, to, weights, bias, layer.inputs, blocks, pixels, layer.end === 'sine' ? 1 : 0);
  if (layer.end === 'sine16') kernels.sines16(to, blocks, pixels);
}
