import { type Kernels, ROW_BYTES } from '@tha4/kernels';
import { type Layer, OUTPUT_LANES, type StudentLayout } from './student-layout.ts';

/** Pixels that go through a network or level together; their activations stay in the first cache. */
export const CHUNK = 32;

/** Bytes of the two chunks that a thread works in. */
export const SCRATCH_BYTES: number = 2 * CHUNK * ROW_BYTES;

/** What one thread paints with. */
export interface Painter {
  readonly kernels: Kernels;
  readonly layout: StudentLayout;
  /** Pointer to `SCRATCH_BYTES` of its own. */
  readonly scratch: number;
}

/** Paints `pixels` of the face from number `first` on, and pastes them into the picture. */
export function paintFaceChunk({ kernels, layout, scratch }: Painter, first: number, pixels: number): void {
  let from = scratch;
  let to = scratch + CHUNK * ROW_BYTES;
  kernels.positions(layout.faceList + first * 4, pixels, layout.faceSize, from, 0, 1);
  for (const layer of layout.faceLayers) {
    run(kernels, layer, from, to, pixels);
    [from, to] = [to, from];
  }
  kernels.scatter(from, layout.faceTarget + first * 4, pixels, layout.image, layout.size, 16, 0);
}

/** Takes `pixels` of a level from number `first` of a list on: into the next level's grid, or the frame. */
export function paintLevelChunk(painter: Painter, index: number, whole: boolean, first: number, pixels: number): void {
  const { kernels, layout, scratch } = painter;
  const { size, list, wholeList, entry, grid, gridLanes, sines, exit } = layout.levels[index]!;
  const next = layout.levels[index + 1] ?? null;
  const names = (whole ? wholeList : list) + first * 4;
  let from = scratch;
  let to = scratch + CHUNK * ROW_BYTES;
  if (entry === null) {
    kernels.enlargeSine(grid, names, pixels, size, gridLanes, from);
  } else {
    kernels.positions(names, pixels, size, to, 0, 1);
    run(kernels, entry, to, from, pixels);
  }
  for (const layer of sines) {
    run(kernels, layer, from, to, pixels);
    [from, to] = [to, from];
  }
  if (next === null) {
    run(kernels, exit, from, to, pixels);
    kernels.warpBlend(to, names, pixels, layout.image, size, layout.frame);
    if (layout.outputs !== 0) kernels.scatter(to, names, pixels, layout.outputs, size, OUTPUT_LANES * 4, 0);
  } else {
    kernels.positions(names, pixels, size, from, (exit.inputs - 2) * 4, 0);
    run(kernels, exit, from, to, pixels);
    kernels.scatter(to, names, pixels, next.grid, size + 2, exit.blocks * 32, 1);
  }
}

function run(
  kernels: Kernels,
  { weights, bias, inputs, blocks, sine }: Layer,
  from: number,
  to: number,
  pixels: number,
): void {
  kernels.layer(from, to, weights, bias, inputs, blocks, pixels, sine);
}
