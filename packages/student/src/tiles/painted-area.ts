import { MAP_TILE } from '@tha4/core';
import { FollowedTiles, type Following } from './followed-tiles.ts';
import { PixelLists } from './pixel-lists.ts';
import { isJump, isUsualPose } from './usual-pose.ts';
import { allTiles, type Quarters, type Tile } from './visible-tiles.ts';

/** How a runtime follows a character. */
export interface AreaFollowing {
  /** Side of a tile, pixels; the map's, or a part of that. */
  readonly tile: number;
  readonly begin: Following['begin'];
}

/** For GPUs, which compute whole tiles of the map, and are waited for with each look at them. */
export const BY_MAP_TILES: AreaFollowing = { tile: MAP_TILE, begin: 'band' };
/** For those that a CPU emulates: beside a frame a wait is nothing there. */
export const BY_FEWER_MAP_TILES: AreaFollowing = { tile: MAP_TILE, begin: 'near' };
/** For those that compute single pixels, and see at once what they have painted. */
export const BY_SMALL_TILES: AreaFollowing = { tile: MAP_TILE / 2, begin: 'near' };
/** Frames do not depend on what was visible in those before. */
export const BY_MAP_ALONE: AreaFollowing = { tile: MAP_TILE, begin: 'map' };

/** Side of the blocks in which places are painted where nothing was seen, pixels. */
const BLOCK = 32;

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
  readonly #tile: number;
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
   * @param map of tiles of `MAP_TILE` pixels, `[side, side]`, 1 where something can be visible; `null`: everything is painted
   */
  constructor(sizes: readonly number[], map: Uint8Array | null, { tile, begin }: AreaFollowing) {
    this.#sizes = sizes;
    this.#tile = tile;
    this.#all = allTiles(sizes.at(-1)!, tile);
    this.#tiles =
      map === null ? null : new FollowedTiles(finerMap(map, MAP_TILE / tile), { begin, block: BLOCK / tile });
    this.#listed = new PixelLists(sizes, tile);
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

  /** Side of its tiles, pixels. */
  get tile(): number {
    return this.#tile;
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

  /** The tiles to look at: those that were painted since the last look, row by row. */
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
      this.#tiles.settle();
      return null;
    }
    const before = this.#listed.counts();
    this.#take(this.#listed, added);
    this.#watched = added;
    this.#dirty = this.#tiles.painted.slice();
    return before;
  }

  /** Looks at all tiles of the frame once more, since all are painted anew. */
  lookAgain(): void {
    if (this.#tiles !== null) this.#watched = this.#among(this.#tiles.painted);
  }

  #among(marked: Uint8Array): Tile[] {
    return this.#all.filter((_, at) => marked[at] === 1);
  }

  #wholeLists(): PixelLists {
    if (this.#whole !== null) return this.#whole;
    this.#whole = new PixelLists(this.#sizes, this.#tile);
    this.#take(this.#whole, this.#all);
    return this.#whole;
  }

  #take(lists: PixelLists, tiles: readonly Tile[]): void {
    for (const { row, column } of tiles) lists.addTile(row, column);
  }
}

/** Each tile of a map as so many by so many smaller ones. */
function finerMap(map: Uint8Array, times: number): Uint8Array {
  const side = Math.sqrt(map.length);
  return Uint8Array.from({ length: map.length * times ** 2 }, (_, at) => {
    const [row, column] = [Math.floor(at / (side * times)), at % (side * times)];
    return map[Math.floor(row / times) * side + Math.floor(column / times)]!;
  });
}
