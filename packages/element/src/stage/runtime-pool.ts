import type { Character } from '@tha4/core';
import { FrameSurface, type StudentRuntime } from '@tha4/student';

/** Characters that keep a runtime of their own. More of them take turns, and loading one costs about a frame. */
const MOST_RUNTIMES = 4;

/** A runtime, and what takes frames out of it. */
export interface Seat {
  readonly runtime: StudentRuntime;
  readonly surface: FrameSurface;
  /** The character that it has loaded. */
  id: number;
}

/** Runtimes for the characters of a page: a few, however many characters there are. */
export class RuntimePool {
  readonly #create: () => StudentRuntime;
  /** The one that was used last is the last. */
  readonly #seats: Seat[] = [];

  constructor(create: () => StudentRuntime) {
    this.#create = create;
  }

  get size(): number {
    return this.#seats.length;
  }

  /** A runtime that has the character loaded. */
  async take(id: number, character: Character): Promise<Seat> {
    const index = this.#seats.findIndex((seat) => seat.id === id);
    if (index >= 0) {
      const [seat] = this.#seats.splice(index, 1);
      this.#seats.push(seat!);
      return seat!;
    }
    const isFull = this.#seats.length === MOST_RUNTIMES;
    const seat = isFull ? this.#seats.shift()! : { runtime: this.#create(), surface: new FrameSurface(), id };
    seat.id = id;
    seat.surface.reset(); // another kind of runtime may draw from now on
    try {
      await seat.runtime.load(character);
    } catch (error) {
      await seat.runtime.dispose();
      throw error;
    }
    this.#seats.push(seat);
    return seat;
  }

  /** Frees what a character holds. */
  async drop(id: number): Promise<void> {
    const index = this.#seats.findIndex((seat) => seat.id === id);
    if (index >= 0) await this.#seats.splice(index, 1)[0]!.runtime.dispose();
  }
}
