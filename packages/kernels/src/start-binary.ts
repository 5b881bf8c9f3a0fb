import type { KernelVariant } from './best-variant.ts';

/** What a generated file holds: builds of the same kernels, one behind the other, compressed together (zlib, base64). */
export interface Binaries {
  readonly list: readonly {
    /** `own`: for a memory that is not shared between threads. */
    readonly memory: 'own' | 'shared';
    readonly variant: KernelVariant;
    readonly bytes: number;
  }[];
  readonly zlib: string;
}

/**
 * Unpacks and compiles the build for `memory`, shared or not, and starts it over it.
 *
 * @returns the kernels' entry points
 * @throws {WebAssembly.CompileError} where the variant is not supported
 */
export async function startBinary(
  { list, zlib }: Binaries,
  memory: WebAssembly.Memory,
  variant: KernelVariant,
): Promise<WebAssembly.Exports> {
  const kind = memory.buffer instanceof ArrayBuffer ? 'own' : 'shared';
  const all = await inflated(Uint8Array.from(atob(zlib), (letter) => letter.charCodeAt(0)));
  const ends = list.map((_, index) => list.slice(0, index + 1).reduce((sum, { bytes }) => sum + bytes, 0));
  const index = list.findIndex((build) => build.memory === kind && build.variant === variant);
  const binary = all.slice(ends[index - 1] ?? 0, ends[index]);
  const { instance } = await WebAssembly.instantiate(binary, { env: { memory } });
  return instance.exports;
}

function inflated(bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'))).arrayBuffer();
}
