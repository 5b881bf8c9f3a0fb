/** What a character does by itself. Plain data; every amount is 0 (off) to 1. */
export interface IdleSettings {
  /** Same seed, same life. Any integer. */
  readonly seed: number;
  readonly breathing: number;
  readonly breathsPerMinute: number;
  readonly blinking: number;
  readonly blinksPerMinute: number;
  /** Wandering of the eyes. */
  readonly gaze: number;
  /** Small movement of head and body. */
  readonly sway: number;
}

export const DEFAULT_IDLE: IdleSettings = {
  seed: 1,
  breathing: 1,
  breathsPerMinute: 20,
  blinking: 1,
  blinksPerMinute: 15,
  gaze: 1,
  sway: 1,
};
