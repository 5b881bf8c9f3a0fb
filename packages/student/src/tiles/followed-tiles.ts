import { looseTiles } from './loose-tiles.ts';
import { type Quarters, type Tile, touched, WHOLE, withBand } from './visible-tiles.ts';

/** Of the map's other blocks of tiles one of each square of this side is painted, another one in each frame. */
const LATTICE = 3;
/** The same after a jump, where a frame before tells less. */
const JUMP_LATTICE = 2;
/** How many frames tiles are painted for that were seen apart from the character. */
const LOOSE_FRAMES = 1000;

/** How tiles follow a character. */
export interface Following {
  /**
   * What a frame begins with: all tiles around visible ones (`band`), so that few frames grow; or those that touch a visible
   * quarter (`near`), which are fewer; or, whatever was visible before, the map and a band (`map`).
   */
  readonly begin: 'band' | 'near' | 'map';
  /** Side of a block, tiles: levels below need less for a block than for its tiles scattered. */
  readonly block: number;
}

/**
 * Which tiles of the picture a frame paints.
 *
 * A character hangs together and moves little from frame to frame. So a frame begins with the tiles that were visible in
 * the one before and some around them; wherever something visible comes within half a tile of one that is
 * not painted, that one is painted too, in the same frame. After a jump, where a gap that was crossed step by step is
 * crossed at once, within a whole tile. What floats apart is not found so: it stays painted for a while, with its
 * band, wherever it was seen once, and other blocks of the map are painted in turn. The first frame begins with all
 * tiles of the map.
 */
export class FollowedTiles {
  readonly #map: Uint8Array;
  readonly #side: number;
  readonly #following: Following;
  #painted: Uint8Array;
  /** What the next frame begins with, beside what floats apart. */
  #next: Uint8Array;
  /** In which quarters of tiles something was seen in this frame. */
  readonly #seen: Uint8Array;
  /** Until which frame a tile is painted because something was seen there, apart. */
  readonly #loose: Uint32Array;
  #frame = 0;
  #jump = true;

  /** @param map `[side, side]`, 1 where something can be visible in any pose */
  constructor(map: Uint8Array, following: Following) {
    this.#map = map;
    this.#side = Math.sqrt(map.length);
    this.#following = following;
    this.#painted = new Uint8Array(map.length);
    this.#next = withBand(map);
    this.#seen = new Uint8Array(map.length);
    this.#loose = new Uint32Array(map.length);
  }

  /** `[side, side]`, 1 where the frame is painted. */
  get painted(): Uint8Array {
    return this.#painted;
  }

  /** Chooses the tiles that a next frame begins with. @param jump whether its pose is far from the one before, or the first */
  begin(jump: boolean): void {
    this.#seen.fill(0);
    this.#painted = this.#next.slice();
    this.#jump = jump || this.#following.begin === 'map';
    if (this.#following.begin === 'map') return;
    const frame = ++this.#frame;
    const loose = this.#loose.map((until) => (until > frame ? 1 : 0));
    if (loose.includes(1)) this.#add(withBand(Uint8Array.from(loose)));
    const step = jump ? JUMP_LATTICE : LATTICE;
    const turn = frame % step ** 2;
    const isTurn = (at: number, of: number): boolean => Math.floor(at / this.#following.block) % step === of;
    for (let row = 0; row < this.#side; row++) {
      if (!isTurn(row, Math.floor(turn / step))) continue;
      for (let column = 0; column < this.#side; column++) {
        const at = row * this.#side + column;
        if (this.#map[at] === 1 && isTurn(column, turn % step)) this.#painted[at] = 1;
      }
    }
  }

  /** Adds the tiles that touch a quarter of a tile in which something is visible, or that tile. @returns the tiles that are new */
  grow(tiles: readonly Tile[], quarters: ArrayLike<Quarters>): Tile[] {
    const added: Tile[] = [];
    const side = this.#side;
    tiles.forEach((tile, i) => {
      const seen = quarters[i]!;
      this.#seen[tile.row * side + tile.column] = seen;
      for (const at of touched(tile, this.#jump && seen > 0 ? WHOLE : seen, side)) {
        if (this.#painted[at] === 1) continue;
        this.#painted[at] = 1;
        added.push({ row: Math.floor(at / side), column: at % side });
      }
    });
    return added;
  }

  /** Notes that a frame is complete: the next one begins with what was seen in it. */
  settle(): void {
    if (this.#following.begin === 'map') return;
    const seen = this.#seen.map((quarters) => (quarters > 0 ? 1 : 0));
    this.#next = this.#following.begin === 'band' ? withBand(seen) : this.#near(seen);
    for (const at of looseTiles(seen)) this.#loose[at] = this.#frame + LOOSE_FRAMES;
  }

  #near(seen: Uint8Array): Uint8Array {
    const side = this.#side;
    const near = seen.slice();
    seen.forEach((is, at) => {
      if (is === 0) return;
      const tile = { row: Math.floor(at / side), column: at % side };
      for (const other of touched(tile, this.#seen[at]!, side)) near[other] = 1;
    });
    return near;
  }

  #add(marked: Uint8Array): void {
    marked.forEach((is, at) => {
      if (is === 1) this.#painted[at] = 1;
    });
  }
}
