/** Quieter than this is silence, whatever the room: decibels below full scale. */
const SILENCE = -62;

/** How far above the room's noise a voice begins, and how far it reaches at least. */
const GATE = 7;
const RANGE = 24;

/** Speeds of the limits, in decibels a second. */
const FLOOR_RISES = 6;
const FLOOR_RISES_IN_SPEECH = 0.4;
const PEAK_FALLS = 2.5;

/** Follows how loud the room is and how loud the voice gets, and says where between them a frame lies. */
export class LevelMeter {
  #floor = SILENCE;
  #peak = SILENCE + RANGE;
  /** 0 for the room's noise, 1 for the loudest of the last seconds. */
  loudness = 0;

  reset(): void {
    this.#floor = SILENCE;
    this.#peak = SILENCE + RANGE;
    this.loudness = 0;
  }

  /** @param power mean square of the frame, full scale is 1 @param seconds since the last frame */
  update(power: number, voiced: boolean, seconds: number): void {
    const level = 10 * Math.log10(power + 1e-12);
    const rise = voiced ? FLOOR_RISES_IN_SPEECH : FLOOR_RISES;
    this.#floor = Math.max(SILENCE, Math.min(level, this.#floor + rise * seconds));
    this.#peak = Math.max(level, this.#peak - PEAK_FALLS * seconds, this.#floor + RANGE);
    const from = this.#floor + GATE;
    this.loudness = Math.min(1, Math.max(0, (level - from) / (this.#peak - 4 - from)));
  }
}
