import { FollowedTiles } from './followed-tiles.ts';
import { PixelLists } from './pixel-lists.ts';
import { isJump, isUsualPose } from './usual-pose.ts';
import { allTiles, type Quarters, type Tile } from './visible-tiles.ts';

/** What a frame does to the picture. */
export interface AreaOfFrame {
  /** The pixels of each level to paint. The lists of usual frames are the same object. */
  readonly pixels: PixelLists;
  /** What lies outside and holds something of an earlier frame: it has to be made transparent first. */
  readonly left: readonly Tile[];
  /** Whether everything is painted this once, whatever is painted otherwise. */
  readonly aside: boolean;
}

/**
 * What a runtime paints of a character of which a map tells the visible tiles: see `FollowedTiles`; in unusual poses
 * everything. After a usual frame it has a look at what it has painted; where that reaches further, it paints more.
 */
export class PaintedArea {
  readonly #sizes: readonly number[];
  readonly #all: readonly Tile[];
  readonly #tiles: FollowedTiles | null;
  readonly #listed: PixelLists;
  #whole: PixelLists | null = null;
  #painting: PixelLists;
  /** `[side, side]`, 1 where the picture may hold something; at first whatever a device's memory holds. */
  #dirty: Uint8Array;
  #pose: Float32Array | null = null;
  #watched: readonly Tile[] = [];

  /**
   * @param sizes side of each level, pixels
   * @param map `[side, side]`, 1 where something can be visible; `null`: everything is painted
   * @param follow false: frames do not depend on what was visible in those before
   */
  constructor(sizes: readonly number[], map: Uint8Array | null, follow = true) {
    this.#sizes = sizes;
    this.#all = allTiles(sizes.at(-1)!);
    this.#tiles = map === null ? null : new FollowedTiles(map, follow);
    this.#listed = new PixelLists(sizes);
    this.#painting = this.#listed;
    this.#dirty = new Uint8Array(this.#all.length).fill(1);
    if (map === null) this.#take(this.#listed, this.#all);
  }

  /**
   * Chooses what a frame in a pose paints.
   *
   * @param stay it needs what the last usual frame left, so it is painted where that was
   */
  begin(pose: Float32Array, stay: boolean): AreaOfFrame {
    if (this.#tiles === null) return { pixels: this.#listed, left: [], aside: false };
    if (!isUsualPose(pose)) {
      this.#painting = this.#wholeLists();
      this.#dirty.fill(1);
      this.#watched = [];
      return { pixels: this.#painting, left: [], aside: true };
    }
    const before = this.#tiles.painted;
    if (!stay) this.#tiles.begin(this.#pose === null || isJump(this.#pose, pose));
    const { painted } = this.#tiles;
    if (painted.some((is, at) => is !== before[at])) {
      this.#listed.clear();
      this.#take(this.#listed, this.#among(painted));
    }
    this.#pose = pose.slice();
    this.#painting = this.#listed;
    this.#watched = this.#among(painted);
    const left = this.#all.filter((_, at) => this.#dirty[at] === 1 && painted[at] === 0);
    this.#dirty = painted.slice();
    return { pixels: this.#listed, left, aside: false };
  }

  /** `[side, side]`, 1 where the frame that was begun last is painted. */
  get painted(): Uint8Array {
    if (this.#tiles !== null && this.#painting === this.#listed) return this.#tiles.painted.slice();
    return new Uint8Array(this.#all.length).fill(1);
  }

  /** Share of the picture that this is, 0..1. */
  get share(): number {
    return this.painted.reduce((sum, is) => sum + is, 0) / this.#all.length;
  }

  /** The tiles to look at after the frame that was begun last: those that were painted, row by row. */
  get watched(): readonly Tile[] {
    return this.#watched;
  }

  /**
   * Takes in what a look at `watched` has found.
   *
   * @returns how long each list was before it grew: what came is to be painted as well, and then to be looked at;
   *   `null`: all is painted
   */
  look(quarters: ArrayLike<Quarters>): readonly number[] | null {
    if (this.#tiles === null || this.#watched.length === 0) return null;
    const added = this.#tiles.grow(this.#watched, quarters);
    if (added.length === 0) {
      this.#tiles.settle(this.#watched, quarters);
      return null;
    }
    const before = this.#listed.counts();
    this.#take(this.#listed, added);
    this.#watched = this.#among(this.#tiles.painted);
    this.#dirty = this.#tiles.painted.slice();
    return before;
  }

  #among(marked: Uint8Array): Tile[] {
    return this.#all.filter((_, at) => marked[at] === 1);
  }

  #wholeLists(): PixelLists {
    if (this.#whole !== null) return this.#whole;
    this.#whole = new PixelLists(this.#sizes);
    this.#take(this.#whole, this.#all);
    return this.#whole;
  }

  #take(lists: PixelLists, tiles: readonly Tile[]): void {
    for (const { row, column } of tiles) lists.addTile(row, column);
  }
}
