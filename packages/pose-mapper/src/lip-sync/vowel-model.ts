import type { Formants } from './formants.ts';

/** The vowels of `LipSync.vowels`, in this order. */
export const VOWELS = ['aaa', 'iii', 'uuu', 'eee', 'ooo'] as const;

/** A vowel shape of the mouth. */
export type Vowel = (typeof VOWELS)[number];

/**
 * Where a man's first three formants lie, in Hz. Two places for a vowel that languages say in different ways.
 * Sources: the corners are the men of Peterson and Barney (1952, table II); [e], [o] and the fronted u and a of Japanese
 * lie between them.
 */
const PLACES: readonly (readonly [Vowel, number, number, number])[] = [
  ['aaa', 730, 1090, 2440],
  ['aaa', 750, 1350, 2450],
  ['iii', 270, 2290, 3010],
  ['iii', 320, 2150, 2800],
  ['uuu', 300, 870, 2240],
  ['uuu', 350, 1250, 2280],
  ['eee', 530, 1840, 2480],
  ['eee', 440, 2000, 2580],
  ['ooo', 570, 840, 2410],
  ['ooo', 480, 900, 2400],
];

/** Spread of a formant around its place, in logarithms: speakers, and errors of the measurement. */
const SPREAD = [0.16, 0.12, 0.1] as const;

/** Shifts of all formants together that are considered, in logarithms: a big man to a small child. */
const SHIFTS: readonly number[] = Array.from({ length: 17 }, (_, i) => -0.14 + 0.04 * i);

/** Shorter vocal tracts come with higher voices: shift = 0.42 ln(pitch / 133 Hz), the men to the children of 1952. */
const PITCH_SLOPE = 0.42;
const PITCH_OF_MEN = 133;
const PITCH_SPREAD = 0.11;

/** What passing over a resonance costs, and taking one for two formants, in logarithms of the likelihood. */
const SKIPPED = 1.3;
const MERGED = 2.2;

/** How much a frame says about the speaker, and how much of what was known stays. Frames of 10 ms are much alike. */
const LEARNED = 0.06;
const KEPT = 0.997;

/**
 * How bright a vowel is beside the speaker's mean, in logarithms: front vowels have strong high formants. Beside the mean,
 * since microphones differ by more than vowels. Back vowels can hide their second formant from the filter; this tells
 * them from front ones then.
 */
const BRIGHTNESS: readonly number[] = VOWELS.map(
  (vowel) => ({ aaa: 0, iii: 0.35, uuu: -0.3, eee: 0.3, ooo: -0.25 })[vowel],
);
const BRIGHTNESS_SPREAD = 0.3;

/** Frames over which the mean is taken, and after how many it counts half. */
const BRIGHTNESS_FRAMES = 600;
const BRIGHTNESS_KNOWN = 100;

const WEIGHTS = SPREAD.map((spread) => 0.5 / spread ** 2);

/**
 * Tells vowels by their formants: how likely the measured ones are for each vowel, over all lengths of the vocal tract
 * that the pitch and what the speaker said before allow.
 */
export class VowelModel {
  readonly #places = PLACES.map(([vowel, ...hz]) => ({ vowel: VOWELS.indexOf(vowel), logs: hz.map(Math.log) }));
  readonly #speaker = new Float64Array(SHIFTS.length);
  readonly #prior = new Float64Array(SHIFTS.length);
  readonly #seen = new Float64Array(SHIFTS.length);
  /** Probabilities of the vowels, in the order of `VOWELS`; the sum is 1. */
  readonly probabilities: Float64Array = new Float64Array(VOWELS.length).fill(1 / VOWELS.length);

  /** What each vowel's brightness adds to its distance. */
  readonly #offsets = new Float64Array(VOWELS.length);
  #meanBrightness = 0;
  #brightFrames = 0;

  /** Forgets the speaker. */
  reset(): void {
    this.#brightFrames = 0;
    this.#speaker.fill(0);
    this.probabilities.fill(1 / VOWELS.length);
  }

  /**
   * Takes a voiced frame. Allocates nothing.
   *
   * @param brightnessHz where the middle of its spectrum lies
   * @returns whether the formants could be told; where not, `probabilities` stay what they were
   */
  update(formants: Formants, pitchHz: number, brightnessHz: number): boolean {
    if (formants.count < 2) return false;
    this.#setPrior(pitchHz);
    this.#setOffsets(brightnessHz);
    this.#seen.fill(0);
    const sums = this.probabilities;
    const floor = 1e-9;
    sums.fill(floor);
    const { count } = formants;
    for (let first = 0; first < Math.min(2, count); first++) {
      for (let second = first; second <= Math.min(first + 2, count - 1); second++) {
        const cost = SKIPPED * (first + Math.max(0, second - first - 1)) + (second === first ? MERGED : 0);
        this.#addReading(formants, first, second, cost);
      }
    }
    let total = 0;
    for (const sum of sums) total += sum;
    for (let i = 0; i < sums.length; i++) sums[i]! /= total;
    if (total > 1e-6) this.#learn();
    return total > 1e-6;
  }

  /** Adds one reading of the resonances, which of them is the first formant and which the second. */
  #addReading({ frequencies, count }: Formants, first: number, second: number, cost: number): void {
    const merged = first === second ? 0.14 : 0;
    const f1 = Math.log(frequencies[first]!) - merged;
    const f2 = Math.log(frequencies[second]!) + merged;
    const f3 = second + 1 < count ? Math.log(frequencies[second + 1]!) : Number.NaN;
    for (const { vowel, logs } of this.#places) {
      for (let s = 0; s < SHIFTS.length; s++) {
        const shift = SHIFTS[s]!;
        const d1 = f1 - logs[0]! - shift;
        const d2 = f2 - logs[1]! - shift;
        let distance = cost + this.#offsets[vowel]! + WEIGHTS[0]! * d1 * d1 + WEIGHTS[1]! * d2 * d2;
        // Where the third is missing (NaN) or is another one, it says nothing.
        const third = WEIGHTS[2]! * (f3 - logs[2]! - shift) ** 2;
        distance += Number.isNaN(third) ? 2 : Math.min(third, 2);
        if (distance > 20) continue;
        const likelihood = this.#prior[s]! * Math.exp(-distance);
        this.probabilities[vowel]! += likelihood;
        this.#seen[s]! += likelihood;
      }
    }
  }

  #setOffsets(brightnessHz: number): void {
    // A frame of zeros has none.
    const brightness = Math.log(Math.max(Number.isNaN(brightnessHz) ? 0 : brightnessHz, 50));
    this.#brightFrames = Math.min(this.#brightFrames + 1, BRIGHTNESS_FRAMES);
    this.#meanBrightness += (brightness - this.#meanBrightness) / this.#brightFrames;
    const known = this.#brightFrames / (this.#brightFrames + BRIGHTNESS_KNOWN);
    for (let v = 0; v < VOWELS.length; v++) {
      const d = (brightness - this.#meanBrightness - BRIGHTNESS[v]!) / BRIGHTNESS_SPREAD;
      this.#offsets[v] = known * Math.min(0.5 * d * d, 4);
    }
  }

  #setPrior(pitchHz: number): void {
    const expected = PITCH_SLOPE * Math.log(Math.min(Math.max(pitchHz, 80), 400) / PITCH_OF_MEN);
    let total = 0;
    for (let s = 0; s < SHIFTS.length; s++) {
      const d = (SHIFTS[s]! - expected) / PITCH_SPREAD;
      total += this.#prior[s] = Math.exp(this.#speaker[s]! - 0.5 * d * d);
    }
    for (let s = 0; s < SHIFTS.length; s++) this.#prior[s]! /= total;
  }

  #learn(): void {
    let most = Number.NEGATIVE_INFINITY;
    for (let s = 0; s < SHIFTS.length; s++) {
      // What this frame says beyond what was expected.
      const gain = Math.log((this.#seen[s]! + 1e-9) / (this.#prior[s]! + 1e-9));
      this.#speaker[s] = KEPT * this.#speaker[s]! + LEARNED * Math.max(gain, -8);
      most = Math.max(most, this.#speaker[s]!);
    }
    for (let s = 0; s < SHIFTS.length; s++) this.#speaker[s]! -= most;
  }
}
