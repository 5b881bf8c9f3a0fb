import { PixelLists } from './pixel-lists.ts';
import { isUsualPose } from './usual-pose.ts';
import { allTiles, type Tile, VisibleTiles } from './visible-tiles.ts';

/** What a frame does to the picture. */
export interface AreaOfFrame {
  /** The pixels of each level to paint. The lists of the same area are the same object; they grow. */
  readonly pixels: PixelLists;
  /** Whether what lies outside has to be made transparent first. */
  readonly clear: boolean;
  /** Whether everything is painted this once, whatever is painted otherwise. */
  readonly aside: boolean;
}

/**
 * What a runtime paints of a character of which a map tells the visible tiles: these and a guard band, in unusual poses
 * everything. After a usual frame it looks at the band; when something visible stands there, it paints once more.
 */
export class PaintedArea {
  readonly #sizes: readonly number[];
  readonly #tiles: VisibleTiles | null;
  readonly #listed: PixelLists;
  #whole: PixelLists | null = null;
  #painting: PixelLists;
  /** The first frame finds whatever a device's memory holds. */
  #othersAreDirty = true;

  /**
   * @param sizes side of each level, pixels
   * @param map `[side, side]`, 1 where something can be visible; `null`: everything is painted
   */
  constructor(sizes: readonly number[], map: Uint8Array | null) {
    const size = sizes.at(-1)!;
    this.#sizes = sizes;
    this.#tiles = map === null ? null : new VisibleTiles(size);
    this.#listed = new PixelLists(sizes);
    this.#painting = this.#listed;
    this.#take(this.#listed, map === null ? allTiles(size) : this.#tiles!.addMap(map));
  }

  /** Chooses what a frame in a pose paints. */
  begin(pose: Float32Array): AreaOfFrame {
    if (this.#tiles !== null && !isUsualPose(pose)) {
      this.#painting = this.#wholeLists();
      this.#othersAreDirty = true;
      return { pixels: this.#painting, clear: false, aside: true };
    }
    const clear = this.#othersAreDirty && this.#tiles !== null;
    this.#painting = this.#listed;
    this.#othersAreDirty = false;
    return { pixels: this.#painting, clear, aside: false };
  }

  /** The tiles to look at after the frame that was begun last: the band, row by row. */
  get watched(): readonly Tile[] {
    return this.#tiles === null || this.#painting !== this.#listed ? [] : this.#tiles.band();
  }

  /** Takes in the tiles around some of `watched`. @returns whether there are new ones: then paint again */
  grow(visible: readonly Tile[]): boolean {
    const added = this.#tiles?.growAround(visible) ?? [];
    this.#take(this.#listed, added);
    return added.length > 0;
  }

  #wholeLists(): PixelLists {
    if (this.#whole !== null) return this.#whole;
    this.#whole = new PixelLists(this.#sizes);
    this.#take(this.#whole, allTiles(this.#sizes.at(-1)!));
    return this.#whole;
  }

  #take(lists: PixelLists, tiles: readonly Tile[]): void {
    for (const { row, column } of tiles) lists.addTile(row, column);
  }
}
