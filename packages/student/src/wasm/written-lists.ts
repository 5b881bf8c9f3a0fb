import { PixelLists } from '../tiles/pixel-lists.ts';
import type { Tile } from '../tiles/visible-tiles.ts';

/** Lists of pixels that also stand in the kernels' memory. */
export class WrittenLists {
  readonly pixels: PixelLists;
  readonly #memory: WebAssembly.Memory;
  readonly #pointers: readonly number[];

  /**
   * @param sizes side of each level, pixels
   * @param pointers where each level's list goes; there is room for all of its pixels, and 4 more
   */
  constructor(memory: WebAssembly.Memory, sizes: readonly number[], pointers: readonly number[]) {
    this.pixels = new PixelLists(sizes);
    this.#memory = memory;
    this.#pointers = pointers;
  }

  /** Pointer to a level's names. */
  pointer(level: number): number {
    return this.#pointers[level]!;
  }

  /** Takes in tiles, and what they need from the levels below. */
  add(tiles: readonly Tile[]): void {
    const before = this.pixels.counts();
    for (const { row, column } of tiles) this.pixels.addTile(row, column);
    this.#pointers.forEach((pointer, level) => {
      const from = before[level]!;
      writeNames(this.#memory, pointer + from * 4, this.pixels.since(level, from));
    });
  }
}

/** Writes a list. The kernels take pixels by fours: the last one stands there up to three times more, to be painted twice. */
export function writeNames(memory: WebAssembly.Memory, pointer: number, names: Uint32Array): void {
  if (names.length === 0) return;
  const target = new Uint32Array(memory.buffer, pointer, names.length + 3);
  target.set(names);
  target.fill(names.at(-1)!, names.length);
}
