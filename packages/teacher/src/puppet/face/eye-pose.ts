import { smoothStep } from '../smooth.ts';

/** What an eye does. Weights 0..1; the gaze -1..1. */
export interface EyePose {
  readonly wink: number;
  readonly happyWink: number;
  readonly surprised: number;
  readonly relaxed: number;
  readonly unimpressed: number;
  readonly raisedLowerLid: number;
  readonly irisSmall: number;
  /** Upwards. */
  readonly gazeX: number;
  /** To the left of the picture. */
  readonly gazeY: number;
}

/** Takes one eye's parameters out of a pose. @param side 0: the character's left, 1: its right */
export function eyePose(pose: ArrayLike<number>, side: 0 | 1): EyePose {
  const at = (left: number): number => pose[left + side]!;
  return {
    wink: at(12),
    happyWink: at(14),
    surprised: at(16),
    relaxed: at(18),
    unimpressed: at(20),
    raisedLowerLid: at(22),
    irisSmall: at(24),
    gazeX: pose[37]!,
    gazeY: pose[38]!,
  };
}

/** How much of the painted eye shows over the resting one: all of it soon after anything moves. */
export function eyeActivity(pose: EyePose): number {
  const most = Math.max(...Object.values(pose).map(Math.abs));
  return smoothStep(0, 0.12, most);
}

/** How far the iris moves and shrinks, in its radii. */
export function irisMotion({ irisSmall, gazeX, gazeY }: EyePose): { dx: number; dy: number; scale: number } {
  return { dx: -0.62 * gazeY, dy: gazeX < 0 ? -0.4 * gazeX : -0.5 * gazeX, scale: 1 - 0.72 * irisSmall };
}
