import type { PixelLists } from '../tiles/pixel-lists.ts';

/** Lists of pixels that also stand in the kernels' memory. */
export class WrittenLists {
  readonly pixels: PixelLists;
  readonly #memory: WebAssembly.Memory;
  readonly #pointers: readonly number[];
  #written: number | null = null;

  /** @param pointers where each level's list goes; there is room for all of its pixels, and 4 more */
  constructor(memory: WebAssembly.Memory, pixels: PixelLists, pointers: readonly number[]) {
    this.pixels = pixels;
    this.#memory = memory;
    this.#pointers = pointers;
  }

  /** Pointer to a level's names. */
  pointer(level: number): number {
    return this.#pointers[level]!;
  }

  /** Writes what the lists hold now. @param from for each level, the first that is not written yet; empty: none is */
  write(from: readonly number[] = []): void {
    if (this.#written === this.pixels.version) return;
    this.#written = this.pixels.version;
    this.#pointers.forEach((pointer, level) => {
      const first = from[level] ?? 0;
      writeNames(this.#memory, pointer + first * 4, this.pixels.since(level, first));
    });
  }

  /** Notes that something else was written in their place. */
  forget(): void {
    this.#written = null;
  }
}

/** Writes a list. The kernels take pixels by fours: the last one stands there up to three times more, to be painted twice. */
export function writeNames(memory: WebAssembly.Memory, pointer: number, names: Uint32Array): void {
  if (names.length === 0) return;
  const target = new Uint32Array(memory.buffer, pointer, names.length + 3);
  target.set(names);
  target.fill(names.at(-1)!, names.length);
}
