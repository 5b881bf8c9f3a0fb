import { MAP_TILE as TILE } from '@tha4/core';

/**
 * Which pixels each level has to compute so that a set of tiles of the final picture can be painted. The set grows until
 * it is cleared; each level's list keeps the order in which pixels came, so what a growth added is the end of the list.
 *
 * Pixels are named as the kernels want them: (row + 1) << 16 | (column + 1). All levels but the last carry a ring of
 * one pixel around them, so there row and column begin at -1.
 */
export class PixelLists {
  readonly #sizes: readonly number[];
  /** Per level, `[size + 2, size + 2]`: 1 where the pixel is in the list. */
  readonly #taken: readonly Uint8Array[];
  readonly #lists: readonly Uint32Array[];
  readonly #counts: number[];
  #version = 0;

  /** @param sizes side of each level, pixels, each twice the one below */
  constructor(sizes: readonly number[]) {
    this.#sizes = sizes;
    this.#taken = sizes.map((size) => new Uint8Array((size + 2) ** 2));
    this.#lists = sizes.map((size) => new Uint32Array((size + 2) ** 2));
    this.#counts = sizes.map(() => 0);
  }

  /** How many pixels a level's list can hold. */
  static capacity(size: number): number {
    return (size + 2) ** 2;
  }

  /** Another number whenever the lists are others. */
  get version(): number {
    return this.#version;
  }

  /** How many levels there are. */
  get levels(): number {
    return this.#sizes.length;
  }

  /** Pixels of a level's list from number `from` on. */
  since(level: number, from: number): Uint32Array {
    return this.#lists[level]!.subarray(from, this.#counts[level]);
  }

  /** Whether a level's list holds a pixel; row and column from -1 on. */
  has(level: number, row: number, column: number): boolean {
    return this.#taken[level]![(row + 1) * (this.#sizes[level]! + 2) + column + 1] === 1;
  }

  counts(): readonly number[] {
    return [...this.#counts];
  }

  /** Begins with no tile again. */
  clear(): void {
    for (const taken of this.#taken) taken.fill(0);
    this.#counts.fill(0);
    this.#version++;
  }

  /** Takes in a tile, and what it needs from the levels below. */
  addTile(tileRow: number, tileColumn: number): void {
    this.#version++;
    const last = this.#sizes.length - 1;
    const end = (tile: number): number => Math.min((tile + 1) * TILE, this.#sizes[last]!);
    this.#add(last, tileRow * TILE + 1, end(tileRow), tileColumn * TILE + 1, end(tileColumn));
  }

  /** Rows `top..bottom` and columns `left..right` (all inclusive), in names' coordinates: pixel + 1. */
  #add(level: number, top: number, bottom: number, left: number, right: number): void {
    const taken = this.#taken[level]!;
    const list = this.#lists[level]!;
    const width = this.#sizes[level]! + 2;
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++) {
        if (taken[row * width + column] === 1) continue;
        taken[row * width + column] = 1;
        list[this.#counts[level]!++] = (row << 16) | column;
      }
    }
    if (level === 0) return;
    const below = (name: number): number => (clamp(name - 1, 0, this.#sizes[level]! - 1) + 1) >> 1;
    this.#add(level - 1, below(top), below(bottom) + 1, below(left), below(right) + 1);
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
