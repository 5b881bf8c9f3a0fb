/** A phone's face is a tenth of this. */
const LONGEST = 32_768;

/** Cuts the text of a TCP connection into frames, however the network cut it. Keeps a bounded rest. */
export class FrameSplitter {
  readonly #ends: readonly string[];
  #rest = '';

  /** @param ends what stands behind a frame, any of them */
  constructor(ends: readonly string[]) {
    this.#ends = ends;
  }

  /**
   * @param text what came
   * @returns the frames that are whole now, without their ends; empty ones are left out
   * @remarks Where no end comes for too long, what came is one frame, which its reader refuses.
   */
  push(text: string): string[] {
    let rest = this.#rest + text;
    const frames: string[] = [];
    for (;;) {
      const [at, length] = this.#nextEnd(rest);
      if (at < 0) break;
      if (at > 0) frames.push(rest.slice(0, at));
      rest = rest.slice(at + length);
    }
    if (rest.length > LONGEST) {
      frames.push(rest);
      rest = '';
    }
    this.#rest = rest;
    return frames;
  }

  #nextEnd(text: string): [at: number, length: number] {
    let first: [number, number] = [-1, 0];
    for (const end of this.#ends) {
      const at = text.indexOf(end);
      if (at >= 0 && (first[0] < 0 || at < first[0])) first = [at, end.length];
    }
    return first;
  }
}
