import { TILE } from './pixel-lists.ts';

/**
 * Largest alpha in model space, [-1, 1], that still becomes byte 0: a pixel up to here is not seen, whatever its
 * colour (premultiplied, it is at most half a step of a byte).
 */
const UNSEEN_ALPHA = -1 + 1 / 255;

/**
 * Which tiles of the picture are painted. It starts with all of them; once a frame is known, only tiles that held
 * something visible stay, with a guard band of one tile around them. From then on the set only grows: whenever
 * something visible stands in a tile, the tiles around it have to be painted too, in the same frame. What is visible
 * moves continuously over the picture, so nothing is cut off, and a frame equals one without culling.
 */
export class VisibleTiles {
  readonly #size: number;
  readonly #side: number;
  #painted: Uint8Array;
  /** Painted tiles of which all neighbours are painted too need no look. */
  #seen: Uint8Array;

  constructor(size: number) {
    this.#size = size;
    this.#side = Math.ceil(size / TILE);
    this.#painted = new Uint8Array(this.#side ** 2);
    this.#seen = new Uint8Array(this.#side ** 2);
  }

  /** Share of the picture that is painted, 0..1. */
  share(): number {
    return this.#painted.reduce((sum, painted) => sum + painted, 0) / this.#painted.length;
  }

  /** Adds every tile. @returns the tiles that are new */
  addAll(): Tile[] {
    return this.#addWhere(() => true);
  }

  /** Forgets everything, then adds the tiles that hold something visible in `frame`, and those around them. */
  restart(frame: Float32Array): Tile[] {
    this.#painted = new Uint8Array(this.#painted.length);
    this.#seen = new Uint8Array(this.#seen.length);
    return this.#addAround((row, column) => this.#isVisible(frame, row, column));
  }

  /** Adds the tiles around those that hold something visible in `frame`. @returns the tiles that are new */
  grow(frame: Float32Array): Tile[] {
    return this.#addAround((row, column) => {
      const at = row * this.#side + column;
      // A tile that was seen before has had its neighbours painted ever since.
      return this.#painted[at] === 1 && this.#seen[at] === 0 && this.#isVisible(frame, row, column);
    });
  }

  #addAround(isSource: (row: number, column: number) => boolean): Tile[] {
    const sources: Tile[] = [];
    for (let row = 0; row < this.#side; row++) {
      for (let column = 0; column < this.#side; column++) if (isSource(row, column)) sources.push({ row, column });
    }
    for (const { row, column } of sources) this.#seen[row * this.#side + column] = 1;
    const wanted = new Uint8Array(this.#painted.length);
    for (const { row, column } of sources) {
      for (let r = Math.max(row - 1, 0); r <= Math.min(row + 1, this.#side - 1); r++) {
        wanted.fill(1, r * this.#side + Math.max(column - 1, 0), r * this.#side + Math.min(column + 2, this.#side));
      }
    }
    return this.#addWhere((row, column) => wanted[row * this.#side + column] === 1);
  }

  #addWhere(isWanted: (row: number, column: number) => boolean): Tile[] {
    const added: Tile[] = [];
    for (let row = 0; row < this.#side; row++) {
      for (let column = 0; column < this.#side; column++) {
        const at = row * this.#side + column;
        if (this.#painted[at] === 1 || !isWanted(row, column)) continue;
        this.#painted[at] = 1;
        added.push({ row, column });
      }
    }
    return added;
  }

  #isVisible(frame: Float32Array, tileRow: number, tileColumn: number): boolean {
    const bottom = Math.min((tileRow + 1) * TILE, this.#size);
    const right = Math.min((tileColumn + 1) * TILE, this.#size);
    for (let row = tileRow * TILE; row < bottom; row++) {
      for (let column = tileColumn * TILE; column < right; column++) {
        if (frame[(row * this.#size + column) * 4 + 3]! > UNSEEN_ALPHA) return true;
      }
    }
    return false;
  }
}

/** Place of a tile in the grid of tiles. */
export interface Tile {
  readonly row: number;
  readonly column: number;
}
