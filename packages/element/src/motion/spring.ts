/** What is nearer than this, and slower than this a second, has arrived: nobody sees the rest. */
const REST = 2e-4;

/**
 * A number for each parameter that follows a target as a critically damped spring does: it starts softly, does not
 * overshoot, and ends with the same motion however often it is looked at, since each step is the exact solution.
 */
export class Springs {
  readonly #target: Float64Array;
  readonly #place: Float64Array;
  readonly #speed: Float64Array;
  readonly #stiffness: ArrayLike<number>;

  /** @param stiffness of each number, 1/s: after 5 / stiffness seconds 4 % of the way is left */
  constructor(stiffness: ArrayLike<number>) {
    this.#stiffness = stiffness;
    this.#target = new Float64Array(stiffness.length);
    this.#place = new Float64Array(stiffness.length);
    this.#speed = new Float64Array(stiffness.length);
  }

  /** Where they are now; changes with `step`. */
  get values(): Float64Array {
    return this.#place;
  }

  setTarget(target: ArrayLike<number>): void {
    this.#target.set(target);
  }

  /** Goes to the target at once. */
  jump(): void {
    this.#place.set(this.#target);
    this.#speed.fill(0);
  }

  step(seconds: number): void {
    for (let i = 0; i < this.#place.length; i++) {
      const omega = this.#stiffness[i]!;
      const decay = Math.exp(-omega * seconds);
      const away = this.#place[i]! - this.#target[i]!;
      const pull = this.#speed[i]! + omega * away;
      const left = (away + pull * seconds) * decay;
      const speed = (this.#speed[i]! - omega * pull * seconds) * decay;
      const rests = Math.abs(left) < REST && Math.abs(speed) < REST;
      this.#place[i] = this.#target[i]! + (rests ? 0 : left);
      this.#speed[i] = rests ? 0 : speed;
    }
  }
}
