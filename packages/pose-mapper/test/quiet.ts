import { DEFAULT_SETTINGS } from '../src/driver/settings.ts';

export const NO_IDLE = { ...DEFAULT_SETTINGS.idle, breathing: 0, blinking: 0, gaze: 0, sway: 0 };

/** Settings with which a driver does nothing by itself. */
export const QUIET = { mirror: false, idle: NO_IDLE };
