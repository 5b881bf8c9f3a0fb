/** Samples of a frame (29 ms at 11 kHz), and from frame to frame (10 ms). */
const FRAME = 320;
export const HOP = 110;

/** Length of what the pitch is told from, in samples (44 ms), and every how many are taken. */
const PITCH_FRAME = 480;
export const PITCH_STEP = 3;

/** Pole of a filter that keeps what is above 35 Hz. */
const HIGH_PASS = 0.98;

/** Step of two filters, one after the other, that keep what is below 700 Hz: the pitch. */
const LOW_PASS = 0.33;

/** A voice falls by 6 dB an octave; without this share of the sample before, a filter would spend its poles on that. */
const EMPHASIS = 0.95;

const WINDOW: Float64Array = Float64Array.from(
  { length: FRAME },
  (_, i) => 0.54 - 0.46 * Math.cos((2 * Math.PI * (i + 0.5)) / FRAME), // Hamming
);

/** Cuts sound at 11 kHz into overlapping frames. Once made, it allocates nothing. */
export class SpeechFrames {
  readonly #ring = new Float64Array(PITCH_FRAME);
  readonly #lowRing = new Float64Array(PITCH_FRAME);
  #samples = 0;
  /** States of the filters. */
  #steady = 0;
  #before = 0;
  #dull = 0;
  #duller = 0;

  /** The newest frame, its high tones raised, windowed. */
  readonly frame: Float64Array = new Float64Array(FRAME);
  /** What is below 700 Hz, longer, every third sample. */
  readonly pitchFrame: Float64Array = new Float64Array(Math.floor(PITCH_FRAME / PITCH_STEP));
  /** Mean square of the newest frame. */
  power = 0;
  /** Mean square of `pitchFrame`. */
  lowPower = 0;

  reset(): void {
    this.#ring.fill(0);
    this.#lowRing.fill(0);
    this.#steady = this.#before = this.#dull = this.#duller = 0;
  }

  /** Takes a sample. @returns whether a frame is due: then `cut` it */
  push(sample: number): boolean {
    this.#steady = HIGH_PASS * (this.#steady + sample - this.#before);
    this.#before = sample;
    this.#dull += LOW_PASS * (this.#steady - this.#dull);
    this.#duller += LOW_PASS * (this.#dull - this.#duller);
    const at = this.#samples++ % PITCH_FRAME;
    this.#ring[at] = this.#steady;
    this.#lowRing[at] = this.#duller;
    return this.#samples % HOP === 0;
  }

  /** Fills the frames with what is newest. */
  cut(): void {
    const oldest = this.#samples % PITCH_FRAME;
    let low = 0;
    for (let i = 0; i < this.pitchFrame.length; i++) {
      let sum = 0;
      for (let j = 0; j < PITCH_STEP; j++) sum += this.#lowRing[(oldest + i * PITCH_STEP + j) % PITCH_FRAME]!;
      this.pitchFrame[i] = sum / PITCH_STEP;
      low += (sum / PITCH_STEP) ** 2;
    }
    this.lowPower = low / this.pitchFrame.length;
    const first = oldest + PITCH_FRAME - FRAME;
    let power = 0;
    for (let i = 0; i < FRAME; i++) {
      const here = this.#ring[(first + i) % PITCH_FRAME]!;
      const before = this.#ring[(first + i - 1) % PITCH_FRAME]!;
      this.frame[i] = (here - EMPHASIS * before) * WINDOW[i]!;
      power += here * here;
    }
    this.power = power / FRAME;
  }
}
