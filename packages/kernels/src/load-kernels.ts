import type { KernelVariant } from './best-variant.ts';
import { BINARIES } from './binaries.generated.ts';
import { startBinary } from './start-binary.ts';

/** Bytes between the rows of a chunk; `ROW` of the assembly. A row holds up to `ROW_FLOATS` channels. */
export const ROW_BYTES = 1600;
export const ROW_FLOATS = 384;

/** The same where activations are 16-bit integers; `ROW16` of the assembly. */
export const ROW16_BYTES = 800;

/** The kernels' entry points. Pointers are byte offsets into the memory that they were loaded with. */
export interface Kernels {
  readonly variant: KernelVariant;
  layer(
    x: number,
    out: number,
    w: number,
    b: number,
    inputs: number,
    blocks: number,
    pixels: number,
    sine: 0 | 1,
  ): void;
  layer16(
    x: number,
    out: number,
    w: number,
    b: number,
    m: number,
    pairs: number,
    blocks: number,
    pixels: number,
    float: 0 | 1,
  ): void;
  sines16(chunk: number, eights: number, pixels: number): void;
  sum16(x: number, out: number, w: number, s: number, segments: number, blocks: number, pixels: number): void;
  positions(list: number, pixels: number, size: number, out: number, at: number, clamped: 0 | 1): void;
  scatter(
    chunk: number,
    list: number,
    pixels: number,
    picture: number,
    width: number,
    bytes: number,
    ring: 0 | 1,
  ): void;
  enlargeSine(
    grid: number,
    list: number,
    pixels: number,
    size: number,
    lanes: number,
    out: number,
    sixteen: 0 | 1,
  ): void;
  gather(
    picture: number,
    list: number,
    pixels: number,
    width: number,
    lanes: number,
    ring: 0 | 1,
    out: number,
    sine: 0 | 1,
  ): void;
  enlarge(half: number, list: number, pixels: number, size: number, out: number): void;
  warpBlend(chunk: number, list: number, pixels: number, picture: number, size: number, frame: number): void;
}

/** Pages of 64 KiB that a memory may grow to; shared memories must have exactly this maximum. */
export const MAXIMUM_PAGES = 16384;

/**
 * Compiles and starts the kernels over `memory`, shared between threads or not.
 *
 * @throws {WebAssembly.CompileError} where the variant is not supported
 */
export async function loadKernels(memory: WebAssembly.Memory, variant: KernelVariant): Promise<Kernels> {
  const entries = await startBinary(BINARIES, memory, variant);
  return { ...(entries as unknown as Omit<Kernels, 'variant'>), variant };
}
