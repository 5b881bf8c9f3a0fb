import type { KernelVariant } from '../best-variant.ts';
import type { Kernels } from '../load-kernels.ts';
import { startBinary } from '../start-binary.ts';
import { BINARIES } from './binaries.generated.ts';

/** Pages of 64 KiB that a memory for training may grow to: 2 GB. It must be shared and have exactly this maximum. */
export const TRAINING_PAGES = 32768;

/**
 * The kernels' entry points for training; `assembly/training` says what each does. Pointers are byte offsets into the
 * memory that they were loaded with. Rows are `ROW_BYTES` apart; weights are packed `[blocks][inputs][8]`.
 */
export interface TrainingKernels extends Pick<Kernels, 'variant' | 'layer'> {
  layerSine(
    x: number,
    h: number,
    c: number,
    w: number,
    b: number,
    inputs: number,
    blocks: number,
    pixels: number,
  ): void;
  positionRows(list: number, pixels: number, size: number, out: number): void;
  backLayer(dz: number, c: number, w: number, outputs: number, blocks: number, pixels: number): void;
  weightGradient(x: number, dz: number, g: number, inputs: number, blocks: number, pixels: number): void;
  biasGradient(dz: number, g: number, blocks: number, pixels: number): void;
  enlargeForward(
    cells: number,
    belowY: number,
    belowX: number,
    below: number,
    startY: number,
    startX: number,
    side: number,
    size: number,
    pose: number,
    w: number,
    blocks: number,
    at: number,
    h: number,
    c: number,
  ): void;
  enlargeAdjoint(
    dz: number,
    startY: number,
    startX: number,
    side: number,
    size: number,
    cells: number,
    belowY: number,
    belowX: number,
    below: number,
    blocks: number,
  ): void;
  faceLoss(
    out: number,
    list: number,
    weights: number,
    pixels: number,
    target: number,
    size: number,
    exact: 0 | 1,
  ): number;
  setPicture(
    base: number,
    inset: number,
    top: number,
    left: number,
    height: number,
    width: number,
    size: number,
    exact: 0 | 1,
  ): void;
  bodyLoss(
    out: number,
    startY: number,
    startX: number,
    patch: number,
    weights: number,
    posed: number,
    flow: number,
    warped: number,
    blendedWeight: number,
    warpedWeight: number,
    flowWeight: number,
    directWeight: number,
    flowSoftness: number,
    unseen: number,
    overpaint: number,
  ): number;
  adam(
    w: number,
    m: number,
    v: number,
    average: number,
    forward: number,
    g: number,
    stride: number,
    shards: number,
    count: number,
    step: number,
    correction: number,
    scale: number,
    keep: number,
  ): void;
  transpose(w: number, to: number, inputs: number, outputs: number): void;
  multiply(
    a: number,
    b: number,
    c: number,
    rows: number,
    inner: number,
    blocks: number,
    keep: number,
    share: number,
  ): void;
  flip(from: number, to: number, rows: number, columns: number): void;
  gatherGradient(
    g: number,
    stride: number,
    shards: number,
    to: number,
    rows: number,
    height: number,
    blocks: number,
  ): void;
  adamDirection(g: number, m: number, v: number, count: number, b1: number, b2: number, correction: number): void;
  moveWeights(
    w: number,
    average: number,
    forward: number,
    direction: number,
    rows: number,
    height: number,
    blocks: number,
    step: number,
    scale: number,
    keep: number,
  ): void;
  orthonormalise(a: number, size: number): void;
}

/**
 * Compiles and starts the training kernels over a shared memory of at most `TRAINING_PAGES` pages.
 *
 * @throws {WebAssembly.CompileError} where the variant is not supported
 */
export async function loadTrainingKernels(
  memory: WebAssembly.Memory,
  variant: KernelVariant,
): Promise<TrainingKernels> {
  const entries = await startBinary(BINARIES, memory, variant);
  return { ...(entries as unknown as Omit<TrainingKernels, 'variant'>), variant };
}
