import type { VoiceSample, VowelWeights } from '../sample/face-sample.ts';
import { Formants } from './formants.ts';
import { LevelMeter } from './level-meter.ts';
import { autocorrelate, solveLinearPrediction } from './linear-prediction.ts';
import { findPitch, type Pitch } from './pitch.ts';
import { Resampler } from './resampler.ts';
import { VOWELS, VowelModel } from './vowel-model.ts';

/** Speech up to 5.5 kHz holds the first three formants of children. */
const RATE = 11_000;

/** Two poles a kilohertz and two for the voice. */
const ORDER = 12;

/** Pole of a filter that keeps what is above 35 Hz. */
const HIGH_PASS = 0.98;

/** Step of two filters, one after the other, that keep what is below 700 Hz: the pitch. */
const LOW_PASS = 0.33;

/** A voice has at least this part of its power there; an s has not. */
const LOW_PART = 0.08;

/** Samples of a frame (29 ms), and between frames (10 ms). */
const FRAME = 320;
const HOP = 110;

/** Length of what the pitch is told from, in samples (44 ms), and every how many are taken. */
const PITCH_FRAME = 480;
const PITCH_STEP = 3;

/** How alike periods must be for a voice, and to go on being one. */
const VOICED = 0.65;
const STILL_VOICED = 0.5;

/** Time constants of the mouth, in seconds. */
const OPENS = 0.03;
const CLOSES = 0.075;

/** How fast the voice takes the mouth over, and gives it back: pauses within a sentence keep it. */
const TAKES = 0.04;
const GIVES_BACK = 0.35;

const WINDOW: Float64Array = Float64Array.from(
  { length: FRAME },
  (_, i) => 0.54 - 0.46 * Math.cos((2 * Math.PI * (i + 0.5)) / FRAME),
);

/**
 * Tells vowel shapes from the sound of a voice, as it comes: no text, no timings. Speech is cut into frames of 29 ms;
 * a frame that is loud enough and repeats with a pitch is explained by an all-pole filter, whose resonances are compared
 * with those of the vowels. The mouth is half open 30 to 45 ms after a vowel
 * begins, and changes as fast. Once made, it allocates nothing.
 */
export class LipSync {
  readonly #resampler: Resampler;
  readonly #ring = new Float64Array(PITCH_FRAME);
  readonly #lowRing = new Float64Array(PITCH_FRAME);
  readonly #shares = new Float64Array(VOWELS.length).fill(1 / VOWELS.length);
  readonly #frame = new Float64Array(FRAME);
  readonly #pitchFrame = new Float64Array(Math.floor(PITCH_FRAME / PITCH_STEP));
  readonly #lags = new Float64Array(ORDER + 1);
  readonly #filter = new Float64Array(ORDER + 1);
  readonly #scratch = new Float64Array(ORDER + 1);
  readonly #formants = new Formants(RATE, ORDER);
  readonly #model = new VowelModel();
  readonly #meter = new LevelMeter();
  readonly #pitch: Pitch = { hz: 0, clarity: 0 };
  readonly #take = (sample: number): void => this.#takeSample(sample);
  #samples = 0;
  /** State of the filter that takes hum and a constant away. */
  #steady = 0;
  #before = 0;
  /** States of the filter below which the pitch is looked for. */
  #dull = 0;
  #duller = 0;
  /** How far the mouth is open, and how that is shared by the vowels. */
  #open = 0;
  #lowPower = 0;

  readonly #vowels = { aaa: 0, iii: 0, uuu: 0, eee: 0, ooo: 0 };
  #strength = 0;
  /** How loud the voice is, 0 (the room) to 1 (the loudest of the last seconds). */
  loudness = 0;
  /** Whether the last frame was a voice. */
  voiced = false;
  /** Pitch of the last voiced frame, in Hz; 0 before. */
  pitchHz = 0;

  /** How far each vowel opens the mouth; each 0 to 1, and their sum too. Changes in place. */
  get vowels(): VowelWeights {
    return this.#vowels;
  }

  /** What a `PoseDriver` takes: `strength` falls slowly, so that the mouth is shut, not given back, between words. */
  voiceSample(timeMs: number): VoiceSample {
    return { timeMs, vowels: { ...this.#vowels }, strength: this.#strength };
  }

  /**
   * @param sampleRate of what is pushed, in Hz
   * @throws {RangeError} where that is not between 8000 and 384000
   */
  constructor(sampleRate: number) {
    if (!(sampleRate >= 8000 && sampleRate <= 384_000)) {
      throw new RangeError(`lip sync: expected a sample rate from 8000 to 384000 Hz, got ${sampleRate}`);
    }
    this.#resampler = new Resampler(sampleRate, RATE);
  }

  /** Takes the next samples, mono, full scale is 1; any number of them. What is not finite counts as silence. */
  push(samples: Float32Array): void {
    for (let i = 0; i < samples.length; i++) this.#resampler.push(samples[i]!, this.#take);
  }

  /** Forgets the speaker and the room, and shuts the mouth. */
  reset(): void {
    this.#model.reset();
    this.#meter.reset();
    this.#ring.fill(0);
    for (const vowel of VOWELS) this.#vowels[vowel] = 0;
    this.#shares.fill(1 / VOWELS.length);
    this.#open = 0;
    this.#strength = 0;
    this.loudness = 0;
    this.voiced = false;
    this.pitchHz = 0;
  }

  #takeSample(sample: number): void {
    this.#steady = HIGH_PASS * (this.#steady + sample - this.#before);
    this.#before = sample;
    this.#dull += LOW_PASS * (this.#steady - this.#dull);
    this.#duller += LOW_PASS * (this.#dull - this.#duller);
    const at = this.#samples++ % PITCH_FRAME;
    this.#ring[at] = this.#steady;
    this.#lowRing[at] = this.#duller;
    if (this.#samples % HOP === 0) this.#analyse();
  }

  /** Cuts the newest frames out of the ring. @returns the mean square of the sound */
  #cutFrames(): number {
    const ring = this.#ring;
    const oldest = this.#samples % PITCH_FRAME;
    let low = 0;
    for (let i = 0; i < this.#pitchFrame.length; i++) {
      let sum = 0;
      for (let j = 0; j < PITCH_STEP; j++) sum += this.#lowRing[(oldest + i * PITCH_STEP + j) % PITCH_FRAME]!;
      this.#pitchFrame[i] = sum / PITCH_STEP;
      low += (sum / PITCH_STEP) ** 2;
    }
    this.#lowPower = low / this.#pitchFrame.length;
    const first = oldest + PITCH_FRAME - FRAME;
    let power = 0;
    for (let i = 0; i < FRAME; i++) {
      const here = ring[(first + i) % PITCH_FRAME]!;
      const before = ring[(first + i - 1) % PITCH_FRAME]!;
      // A voice falls by 6 dB an octave; without that, the filter would spend its poles on it.
      this.#frame[i] = (here - 0.95 * before) * WINDOW[i]!;
      power += here * here;
    }
    return power / FRAME;
  }

  #analyse(): void {
    const power = this.#cutFrames();
    findPitch(this.#pitchFrame, RATE / PITCH_STEP, this.#pitch);
    this.#meter.update(power, this.voiced, HOP / RATE);
    this.loudness = this.#meter.loudness;
    const clear = this.#pitch.clarity > (this.voiced ? STILL_VOICED : VOICED);
    this.voiced = clear && this.loudness > 0 && this.#lowPower > LOW_PART * power;
    let open = 0;
    if (this.voiced) {
      this.pitchHz = this.#pitch.hz;
      autocorrelate(this.#frame, this.#lags);
      this.#lags[0]! *= 1 + 1e-5; // a floor of noise at -50 dB, against poles on the circle
      solveLinearPrediction(this.#lags, this.#filter, this.#scratch);
      this.#formants.find(this.#filter);
      this.#model.update(this.#formants, this.pitchHz);
      open = Math.sqrt(this.loudness);
    }
    this.#open = follow(this.#open, open, OPENS, CLOSES);
    for (let v = 0; v < VOWELS.length; v++) {
      if (this.voiced) this.#shares[v] = follow(this.#shares[v]!, this.#model.probabilities[v]!, OPENS, OPENS);
      this.#vowels[VOWELS[v]!] = this.#open * this.#shares[v]!;
    }
    this.#strength = follow(this.#strength, this.voiced ? 1 : 0, TAKES, GIVES_BACK);
  }
}

/** One step towards a value, fast upwards and slowly downwards. */
function follow(value: number, wanted: number, upSeconds: number, downSeconds: number): number {
  const seconds = wanted > value ? upSeconds : downSeconds;
  return value + (wanted - value) * (1 - Math.exp(-HOP / RATE / seconds));
}
