import { findRoots } from './polynomial-roots.ts';

/** How many resonances are kept, from below. */
const MOST = 6;

/** Resonances outside of these are no formants: the pitch's own bump below, the filter's edge above. Hz. */
const LOWEST = 180;
const WIDEST = 700;

/**
 * The resonances of an all-pole filter: what it has of formants, and sometimes one that is none. A pole at the angle w
 * and the radius r rings at `w rate / 2 pi` Hz, `-ln(r) rate / pi` Hz wide. Filled anew by `find`, which allocates
 * nothing.
 */
export class Formants {
  readonly #rate: number;
  readonly #re: Float64Array;
  readonly #im: Float64Array;
  /** Frequencies in Hz, rising; the first `count` hold. */
  readonly frequencies: Float64Array = new Float64Array(MOST);
  /** Bandwidths in Hz. */
  readonly widths: Float64Array = new Float64Array(MOST);
  count = 0;

  /** @param rate of the samples, in Hz @param order of the filter */
  constructor(rate: number, order: number) {
    this.#rate = rate;
    this.#re = new Float64Array(order);
    this.#im = new Float64Array(order);
  }

  /** @param a the filter's coefficients, `a[0]` is 1 */
  find(a: Float64Array): void {
    findRoots(a, this.#re, this.#im);
    this.count = 0;
    for (let i = 0; i < this.#re.length; i++) {
      const x = this.#re[i]!;
      const y = this.#im[i]!;
      if (!(y > 0)) continue; // one of each pair
      const frequency = (Math.atan2(y, x) * this.#rate) / (2 * Math.PI);
      const width = (-Math.log(Math.hypot(x, y)) * this.#rate) / Math.PI;
      if (frequency > LOWEST && frequency < this.#rate * 0.46 && width < WIDEST) this.#insert(frequency, width);
    }
  }

  #insert(frequency: number, width: number): void {
    const { frequencies, widths } = this;
    let at = this.count;
    while (at > 0 && frequencies[at - 1]! > frequency) at--;
    if (at >= MOST) return;
    const last = Math.min(this.count, MOST - 1);
    frequencies.copyWithin(at + 1, at, last);
    widths.copyWithin(at + 1, at, last);
    frequencies[at] = frequency;
    widths[at] = width;
    this.count = Math.min(this.count + 1, MOST);
  }
}
