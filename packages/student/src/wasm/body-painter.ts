import { nameRoughPixels } from './rough-pixels.ts';
import type { StudentLayout } from './student-layout.ts';
import type { PaintTeam } from './thread-team.ts';
import { ENLARGE, HALF, KEEP, WARP } from './work-sharing.ts';
import { type WrittenLists, writeNames } from './written-lists.ts';

/** How the body is painted: the frame alone; its outputs kept as well; its last level at half the size, and kept. */
export type BodyWay = 'plain' | 'kept' | 'half';

/** Takes lists of pixels through the body's levels into the frame. */
export class BodyPainter {
  readonly #memory: WebAssembly.Memory;
  readonly #layout: StudentLayout;
  readonly #team: PaintTeam;
  readonly #last: number;
  readonly #rough: Uint32Array;

  constructor(memory: WebAssembly.Memory, layout: StudentLayout, team: PaintTeam) {
    this.#memory = memory;
    this.#layout = layout;
    this.#team = team;
    this.#last = layout.levels.length - 1;
    this.#rough = new Uint32Array(layout.levels.length > 1 ? layout.size ** 2 : 0);
  }

  /**
   * Paints pixels.
   *
   * @param before for each level, the first of its list to be painted; empty: all
   */
  paint(lists: WrittenLists, way: BodyWay, before: readonly number[] = []): void {
    for (let level = 0; level < this.#last; level++) this.#take(level, lists, level, before[level]);
    if (way === 'half') this.#paintHalf(lists, before);
    else this.#take(this.#last + (way === 'kept' ? KEEP : 0), lists, this.#last, before[this.#last]);
  }

  /** Warps and blends anew by the outputs that were kept. */
  warp(lists: WrittenLists): void {
    this.#take(WARP, lists, this.#last);
  }

  /** The last level at the pixels of the one below, enlarged; then exactly where that would be seen, old pixels or new. */
  #paintHalf(lists: WrittenLists, before: readonly number[]): void {
    const { size, half, image, refined } = this.#layout;
    this.#take(HALF, lists, this.#last - 1, before[this.#last - 1]);
    this.#take(ENLARGE, lists, this.#last, before[this.#last]);
    const from = {
      half: this.#floats(half, (size / 2 + 2) ** 2 * 8),
      image: this.#floats(image, size ** 2 * 4),
      size,
      lists: lists.pixels,
    };
    const count = nameRoughPixels(from, this.#rough);
    if (count === 0) return;
    writeNames(this.#memory, refined, this.#rough.subarray(0, count));
    this.#team.paint(this.#last + KEEP, refined, 0, Math.ceil(count / 4) * 4);
  }

  /** Takes the pixels of a level's list, from number `from` on, through a step. */
  #take(step: number, lists: WrittenLists, level: number, from = 0): void {
    const count = lists.pixels.counts()[level]!;
    if (count > from) this.#team.paint(step, lists.pointer(level), from, from + Math.ceil((count - from) / 4) * 4);
  }

  #floats(pointer: number, count: number): Float32Array {
    return new Float32Array(this.#memory.buffer, pointer, count);
  }
}
