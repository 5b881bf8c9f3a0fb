import { MAP_TILE as TILE } from '@tha4/core';

/**
 * Largest alpha in model space, [-1, 1], that still becomes byte 0: a pixel up to here is not seen, whatever its
 * colour (premultiplied, it is at most half a step of a byte).
 */
const UNSEEN_ALPHA = -1 + 1 / 255;

/** Place of a tile in the grid of tiles. */
export interface Tile {
  readonly row: number;
  readonly column: number;
}

/** Every tile of a picture. */
export function allTiles(size: number): Tile[] {
  const side = Math.ceil(size / TILE);
  return Array.from({ length: side * side }, (_, at) => ({ row: Math.floor(at / side), column: at % side }));
}

/** Whether a tile of `frame [size, size, 4]`, in model space, holds a pixel that can be seen. */
export function isVisible(frame: Float32Array, size: number, { row: tileRow, column: tileColumn }: Tile): boolean {
  const bottom = Math.min((tileRow + 1) * TILE, size);
  const right = Math.min((tileColumn + 1) * TILE, size);
  for (let row = tileRow * TILE; row < bottom; row++) {
    for (let column = tileColumn * TILE; column < right; column++) {
      if (frame[(row * size + column) * 4 + 3]! > UNSEEN_ALPHA) return true;
    }
  }
  return false;
}

/**
 * Which tiles of the picture are painted: those of a character's map, and a guard band of one tile around them. It
 * only grows: whenever something visible stands in a band, the tiles around it have to be painted too, in the same
 * frame. So what the map's survey missed is found where it touches what it knew.
 */
export class VisibleTiles {
  readonly #size: number;
  readonly #side: number;
  readonly #painted: Uint8Array;
  /** Tiles around which all is painted: they need no look. */
  readonly #settled: Uint8Array;

  constructor(size: number) {
    this.#size = size;
    this.#side = Math.ceil(size / TILE);
    this.#painted = new Uint8Array(this.#side ** 2);
    this.#settled = new Uint8Array(this.#side ** 2);
  }

  /** Share of the picture that is painted, 0..1. */
  share(): number {
    return this.#painted.reduce((sum, painted) => sum + painted, 0) / this.#painted.length;
  }

  /** Makes the tiles of `frame [size, size, 4]` that are not painted fully transparent. */
  clearOthers(frame: Float32Array): void {
    for (const { row: tileRow, column } of allTiles(this.#size)) {
      if (this.#painted[tileRow * this.#side + column] === 1) continue;
      const right = Math.min((column + 1) * TILE, this.#size);
      for (let row = tileRow * TILE; row < Math.min((tileRow + 1) * TILE, this.#size); row++) {
        frame.fill(-1, (row * this.#size + column * TILE) * 4, (row * this.#size + right) * 4);
      }
    }
  }

  /** Adds the tiles of a map, `[side, side]`, and those around them. @returns the tiles that are new */
  addMap(visible: Uint8Array): Tile[] {
    return this.#addAround(({ row, column }) => visible[row * this.#side + column] === 1);
  }

  /** The painted tiles around which not all is painted: there something may be cut off. */
  band(): Tile[] {
    return allTiles(this.#size).filter((_, at) => this.#painted[at] === 1 && this.#settled[at] === 0);
  }

  /** Adds the tiles around those that hold something visible in `frame`. @returns the tiles that are new */
  grow(frame: Float32Array): Tile[] {
    return this.growAround(this.band().filter((tile) => isVisible(frame, this.#size, tile)));
  }

  /** Adds the tiles around some. @returns the tiles that are new */
  growAround(sources: readonly Tile[]): Tile[] {
    if (sources.length === 0) return [];
    const marked = new Set(sources.map(({ row, column }) => row * this.#side + column));
    return this.#addAround(({ row, column }) => marked.has(row * this.#side + column));
  }

  #addAround(isSource: (tile: Tile) => boolean): Tile[] {
    const tiles = allTiles(this.#size);
    const wanted = new Uint8Array(this.#painted.length);
    for (const tile of tiles.filter(isSource)) {
      const { row, column } = tile;
      this.#settled[row * this.#side + column] = 1;
      for (let r = Math.max(row - 1, 0); r <= Math.min(row + 1, this.#side - 1); r++) {
        wanted.fill(1, r * this.#side + Math.max(column - 1, 0), r * this.#side + Math.min(column + 2, this.#side));
      }
    }
    const added = tiles.filter((_, at) => wanted[at] === 1 && this.#painted[at] === 0);
    for (const { row, column } of added) this.#painted[row * this.#side + column] = 1;
    return added;
  }
}

/** Share of a picture that is painted where a map `[side, side]` tells what can be seen, guard band included, 0..1. */
export function shareOfMap(visible: Uint8Array, size: number): number {
  const tiles = new VisibleTiles(size);
  tiles.addMap(visible);
  return tiles.share();
}
