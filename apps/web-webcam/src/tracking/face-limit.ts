/** Frames with the same answer before it is believed. */
const SURE = 20;

/**
 * How many faces to look for. Two while it is not known who is there, so that the nearest can be chosen; then one, since
 * looking for a second face runs the detector in every frame, and who comes later is not to be followed anyway.
 */
export class FaceLimit {
  #limit: 1 | 2 = 2;
  #ones = 0;
  #nones = 0;

  get limit(): 1 | 2 {
    return this.#limit;
  }

  /** Learns what a frame showed. @returns whether the limit is another one now */
  note(faces: number): boolean {
    this.#ones = faces === 1 ? this.#ones + 1 : 0;
    this.#nones = faces === 0 ? this.#nones + 1 : 0;
    const next = this.#ones >= SURE ? 1 : this.#nones >= SURE ? 2 : this.#limit;
    const changed = next !== this.#limit;
    this.#limit = next;
    return changed;
  }
}
