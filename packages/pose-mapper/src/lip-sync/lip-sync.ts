import type { VoiceSample, VowelWeights } from '../sample/face-sample.ts';
import { Formants } from './formants.ts';
import { LevelMeter } from './level-meter.ts';
import { autocorrelate, solveLinearPrediction } from './linear-prediction.ts';
import { findPitch, type Pitch } from './pitch.ts';
import { Resampler } from './resampler.ts';
import { HOP, PITCH_STEP, SpeechFrames } from './speech-frames.ts';
import { VOWELS, VowelModel } from './vowel-model.ts';

/** Speech up to 5.5 kHz holds the first three formants of children. */
const RATE = 11_000;

/** Two poles a kilohertz and two for the voice. */
const ORDER = 12;

/** A voice has at least this part of its power below 700 Hz; an s has not. */
const LOW_PART = 0.08;

/** How alike periods must be for a voice, and to go on being one. */
const VOICED = 0.65;
const STILL_VOICED = 0.5;

/** Time constants of the mouth, in seconds. */
const OPENS = 0.03;
const CLOSES = 0.075;

/** How fast the voice takes the mouth over, and gives it back: pauses within a sentence keep it. */
const TAKES = 0.04;
const GIVES_BACK = 0.35;

/**
 * Tells vowel shapes from the sound of a voice, as it comes: no text, no timings. Speech is cut into frames of 29 ms;
 * a frame that is loud enough and repeats with a pitch is explained by an all-pole filter, whose resonances are compared
 * with those of the vowels. The mouth is half open 30 to 45 ms after a vowel begins, and changes as fast.
 * Once made, it allocates nothing.
 */
export class LipSync {
  readonly #resampler: Resampler;
  readonly #frames = new SpeechFrames();
  readonly #shares = new Float64Array(VOWELS.length).fill(1 / VOWELS.length);
  readonly #lags = new Float64Array(ORDER + 1);
  readonly #filter = new Float64Array(ORDER + 1);
  readonly #scratch = new Float64Array(ORDER + 1);
  readonly #formants = new Formants(RATE, ORDER);
  readonly #model = new VowelModel();
  readonly #meter = new LevelMeter();
  readonly #pitch: Pitch = { hz: 0, clarity: 0 };
  readonly #take = (sample: number): void => {
    if (this.#frames.push(sample)) this.#analyse();
  };
  /** How far the mouth is open, and how that is shared by the vowels. */
  #open = 0;

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
    this.#frames.reset();
    for (const vowel of VOWELS) this.#vowels[vowel] = 0;
    this.#shares.fill(1 / VOWELS.length);
    this.#open = 0;
    this.#strength = 0;
    this.loudness = 0;
    this.voiced = false;
    this.pitchHz = 0;
  }

  #analyse(): void {
    const frames = this.#frames;
    frames.cut();
    findPitch(frames.pitchFrame, RATE / PITCH_STEP, this.#pitch);
    this.#meter.update(frames.power, this.voiced, HOP / RATE);
    this.loudness = this.#meter.loudness;
    const clear = this.#pitch.clarity > (this.voiced ? STILL_VOICED : VOICED);
    this.voiced = clear && this.loudness > 0 && frames.lowPower > LOW_PART * frames.power;
    let open = 0;
    if (this.voiced) {
      this.pitchHz = this.#pitch.hz;
      autocorrelate(frames.frame, this.#lags);
      const brightness = (Math.acos(this.#lags[1]! / this.#lags[0]!) * RATE) / (2 * Math.PI);
      this.#lags[0]! *= 1 + 1e-5; // a floor of noise at -50 dB, against poles on the circle
      solveLinearPrediction(this.#lags, this.#filter, this.#scratch);
      this.#formants.find(this.#filter);
      this.#model.update(this.#formants, this.pitchHz, brightness);
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
