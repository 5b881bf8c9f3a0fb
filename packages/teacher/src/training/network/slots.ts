import { ShapeError } from '@tha4/core';
import type { SeededRandom } from './random.ts';

/** Which slots hold a frame. */
export class Slots {
  readonly count: number;
  readonly #filled: number[] = [];

  constructor(count: number) {
    this.count = count;
  }

  /** @throws {RangeError} when there is no such slot */
  fill(slot: number): void {
    if (!Number.isInteger(slot) || slot < 0 || slot >= this.count) {
      throw new RangeError(`trainer: expected a slot from 0 to ${this.count - 1}, got ${slot}`);
    }
    if (this.#filled.includes(slot)) return;
    // In order, so that it does not matter in which order they were filled.
    this.#filled.push(slot);
    this.#filled.sort((a, b) => a - b);
  }

  /** `count` random ones, each as often as the others to within one. @throws {RangeError} when none is filled */
  draw(count: number, random: SeededRandom): number[] {
    if (this.#filled.length === 0)
      throw new RangeError('trainer: expected a frame in some slot, got none; put one first');
    const drawn: number[] = [];
    while (drawn.length < count) {
      const deck = [...this.#filled];
      for (let left = deck.length; left > 0 && drawn.length < count; left--) {
        drawn.push(...deck.splice(random.below(left), 1));
      }
    }
    return drawn;
  }
}

/** @throws {ShapeError} */
export function checkLength(where: string, shape: readonly number[], data: ArrayLike<number>): void {
  if (data.length !== shape.reduce((a, b) => a * b, 1)) throw new ShapeError(where, shape, [data.length]);
}
