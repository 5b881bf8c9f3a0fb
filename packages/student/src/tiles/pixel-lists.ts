import { MAP_TILE } from '@tha4/core';

/**
 * Which pixels each level has to compute so that a set of tiles of the final picture can be painted. The set grows until
 * it is cleared; each level's list keeps the order in which pixels came, so what a growth added is the end of the list.
 *
 * Pixels are named as the kernels want them: (row + 1) << 16 | (column + 1). All levels but the last carry a ring of
 * one pixel around them, so there row and column begin at -1.
 */
export class PixelLists {
  readonly #sizes: readonly number[];
  readonly #tile: number;
  /** Per level, `[size + 2, size + 2]`: 1 where the pixel is in the list. */
  readonly #taken: readonly Uint8Array[];
  readonly #lists: readonly Uint32Array[];
  readonly #counts: number[];
  #version = 0;

  /**
   * @param sizes side of each level, pixels, each twice the one below
   * @param tile side of a tile, pixels
   */
  constructor(sizes: readonly number[], tile: number = MAP_TILE) {
    this.#sizes = sizes;
    this.#tile = tile;
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

  /** Takes in a tile, and what it needs from the levels below. Runs for thousands of tiles a frame. */
  addTile(tileRow: number, tileColumn: number): void {
    this.#version++;
    const [sizes, counts, side] = [this.#sizes, this.#counts, this.#tile];
    let level = sizes.length - 1;
    let size = sizes[level]!;
    // Rows top..bottom and columns left..right, all inclusive, in names' coordinates: pixel + 1.
    let [top, bottom] = [tileRow * side + 1, Math.min((tileRow + 1) * side, size)];
    let [left, right] = [tileColumn * side + 1, Math.min((tileColumn + 1) * side, size)];
    for (;;) {
      counts[level] = addRectangle(
        this.#taken[level]!,
        size + 2,
        top,
        bottom,
        left,
        right,
        this.#lists[level]!,
        counts[level]!,
      );
      if (level === 0) return;
      [top, bottom] = [below(top, size), below(bottom, size) + 1];
      [left, right] = [below(left, size), below(right, size) + 1];
      size = sizes[--level]!;
    }
  }
}

/** Appends the pixels of a rectangle that are not taken yet. @returns how long the list is then */
function addRectangle(
  taken: Uint8Array,
  width: number,
  top: number,
  bottom: number,
  left: number,
  right: number,
  list: Uint32Array,
  length: number,
): number {
  let count = length;
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      if (taken[row * width + column] === 1) continue;
      taken[row * width + column] = 1;
      list[count++] = (row << 16) | column;
    }
  }
  return count;
}

/** The first of the two positions of the level below between which a position of a level lies. */
function below(name: number, size: number): number {
  return (clamp(name - 1, 0, size - 1) + 1) >> 1;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
