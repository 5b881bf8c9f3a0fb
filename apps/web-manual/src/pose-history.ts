/** Is told the pose whenever it changes. */
export type PoseListener = (pose: Float32Array) => void;

/** More steps than anybody takes back. */
const MAX_STEPS = 500;

/**
 * The pose that is being edited, with undo and redo. A gesture (one drag, one held key) calls `move` as often as it
 * likes and `settle` once at its end, and is one step.
 */
export class PoseHistory {
  readonly #listeners = new Set<PoseListener>();
  readonly #past: Float32Array[] = [];
  readonly #future: Float32Array[] = [];
  /** The last settled pose. */
  #settled: Float32Array;
  #pose: Float32Array;

  constructor(start: Float32Array) {
    this.#settled = start.slice();
    this.#pose = this.#settled;
  }

  /** The pose now. Never written to: every change makes a new array. */
  get pose(): Float32Array {
    return this.#pose;
  }

  get canUndo(): boolean {
    return this.#past.length > 0 || !same(this.#pose, this.#settled);
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /** Changes the pose within a gesture. */
  move(pose: Float32Array): void {
    if (same(pose, this.#pose)) return;
    this.#show(pose.slice());
  }

  /** Ends a gesture: what changed since the last end becomes one step. */
  settle(): void {
    if (same(this.#pose, this.#settled)) return;
    this.#past.push(this.#settled);
    if (this.#past.length > MAX_STEPS) this.#past.shift();
    this.#future.length = 0;
    this.#settled = this.#pose;
    this.#tell();
  }

  /** Changes the pose in one step. */
  take(pose: Float32Array): void {
    this.settle();
    this.move(pose);
    this.settle();
  }

  /** Goes one step back; a gesture that has not ended counts as one. */
  undo(): void {
    this.settle();
    this.#swap(this.#past, this.#future);
  }

  /** Goes forward again after `undo`. */
  redo(): void {
    this.settle();
    this.#swap(this.#future, this.#past);
  }

  /** Tells `listener` the pose now and after every change. */
  subscribe(listener: PoseListener): void {
    this.#listeners.add(listener);
    listener(this.#pose);
  }

  #swap(from: Float32Array[], to: Float32Array[]): void {
    const pose = from.pop();
    if (pose === undefined) return;
    to.push(this.#settled);
    this.#settled = pose;
    this.#show(pose);
  }

  #show(pose: Float32Array): void {
    this.#pose = pose;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener(this.#pose);
  }
}

function same(a: Float32Array, b: Float32Array): boolean {
  return a.every((value, i) => value === b[i]);
}
