import { createPoseDriver, type PoseDriver, type VoiceSample } from '@tha4/pose-mapper';

/** Characters of a page that blink at the same time look like one. */
let lives = 0;

/** What goes on under expressions: breath, blinks, glances, sway, and speech. */
export class Life {
  readonly #driver: PoseDriver = createPoseDriver({ settings: { idle: { seed: ++lives } } });
  readonly #pose = new Float32Array(45);

  /** @param moves whether it moves by itself */
  setIdle(moves: boolean): void {
    const amount = moves ? 1 : 0;
    this.#driver.configure({ idle: { breathing: amount, blinking: amount, gaze: amount, sway: amount } });
  }

  /** What its voice says now, on the clock of `pose`; `null`: it is silent. */
  speak(sample: VoiceSample | null): void {
    this.#driver.voice(sample);
  }

  /** 45 numbers, valid until the next call. @param seconds on the clock of `performance.now` */
  pose(seconds: number): Float32Array {
    return this.#driver.pose(seconds * 1000, this.#pose);
  }
}
