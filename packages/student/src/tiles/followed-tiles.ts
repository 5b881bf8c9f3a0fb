import { looseTiles } from './loose-tiles.ts';
import { type Quarters, type Tile, WHOLE, withBand } from './visible-tiles.ts';

/** Of the map's other tiles one of each square of this side is painted, another one in each frame. */
const LATTICE = 3;
/** The same after a jump, where a frame before tells less. */
const JUMP_LATTICE = 2;
/** How many frames tiles are painted for that were seen apart from the character. */
const LOOSE_FRAMES = 1000;

/**
 * Which tiles of the picture a frame paints.
 *
 * A character hangs together and moves little from frame to frame. So a frame begins with the tiles that were visible in
 * the one before and a band of one tile around them; wherever something visible comes within half a tile of one that is
 * not painted, that one is painted too, in the same frame. After a jump, where a gap that was crossed step by step is
 * crossed at once, within a whole tile. What floats apart is not found so: it stays painted for a while, with its
 * band, wherever it was seen once, and some other tiles of the map are painted in turn. The first frame begins with all
 * tiles of the map.
 */
export class FollowedTiles {
  readonly #map: Uint8Array;
  readonly #side: number;
  /** The map with its band, where frames must not depend on those before; `null`: follow. */
  readonly #fixed: Uint8Array | null;
  #painted: Uint8Array;
  #seen: Uint8Array;
  /** Until which frame a tile is painted because something was seen there, apart. */
  readonly #loose: Uint32Array;
  #frame = 0;
  #jump = true;

  /**
   * @param map `[side, side]`, 1 where something can be visible in any pose
   * @param follow false: each frame begins with all tiles of the map, whatever was visible before
   */
  constructor(map: Uint8Array, follow: boolean) {
    this.#map = map;
    this.#side = Math.sqrt(map.length);
    this.#fixed = follow ? null : withBand(map);
    this.#painted = new Uint8Array(map.length);
    this.#seen = map;
    this.#loose = new Uint32Array(map.length);
  }

  /** `[side, side]`, 1 where the frame is painted. */
  get painted(): Uint8Array {
    return this.#painted;
  }

  /** Chooses the tiles that a next frame begins with. @param jump whether its pose is far from the one before, or the first */
  begin(jump: boolean): void {
    this.#jump = jump || this.#fixed !== null;
    if (this.#fixed !== null) {
      this.#painted = this.#fixed.slice();
      return;
    }
    const frame = ++this.#frame;
    this.#painted = withBand(this.#seen.map((seen, at) => (seen === 1 || this.#loose[at]! > frame ? 1 : 0)));
    const step = jump ? JUMP_LATTICE : LATTICE;
    const turn = frame % step ** 2;
    for (let row = Math.floor(turn / step); row < this.#side; row += step) {
      for (let at = row * this.#side + (turn % step); at < (row + 1) * this.#side; at += step) {
        if (this.#map[at] === 1) this.#painted[at] = 1;
      }
    }
  }

  /** Adds the tiles that touch a quarter of a tile in which something is visible, or that tile. @returns the tiles that are new */
  grow(tiles: readonly Tile[], quarters: ArrayLike<Quarters>): Tile[] {
    const added: Tile[] = [];
    tiles.forEach(({ row, column }, i) => {
      const visible = this.#jump && quarters[i]! > 0 ? WHOLE : quarters[i]!;
      for (let quarter = 0; quarter < 4; quarter++) {
        if (((visible >> quarter) & 1) === 0) continue;
        const [top, left] = [row - 1 + (quarter >> 1), column - 1 + (quarter & 1)];
        for (let r = Math.max(top, 0); r <= Math.min(top + 1, this.#side - 1); r++) {
          for (let c = Math.max(left, 0); c <= Math.min(left + 1, this.#side - 1); c++) {
            const at = r * this.#side + c;
            if (this.#painted[at] === 1) continue;
            this.#painted[at] = 1;
            added.push({ row: r, column: c });
          }
        }
      }
    });
    return added;
  }

  /** Notes in which of the painted tiles something is visible: the next frame begins with these. */
  settle(tiles: readonly Tile[], quarters: ArrayLike<Quarters>): void {
    if (this.#fixed !== null) return;
    const seen = new Uint8Array(this.#map.length);
    tiles.forEach(({ row, column }, i) => {
      if (quarters[i] !== 0) seen[row * this.#side + column] = 1;
    });
    this.#seen = seen;
    for (const at of looseTiles(seen)) this.#loose[at] = this.#frame + LOOSE_FRAMES;
  }
}
