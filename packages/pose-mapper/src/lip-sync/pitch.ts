/** The pitch is looked for between these, in Hz. */
const LOWEST = 70;
const HIGHEST = 450;

/** How much a peak of a longer period must be higher to be taken: all multiples of the period are peaks. */
const LONGER = 0.04;

/** What `findPitch` found. */
export interface Pitch {
  /** Hz; 0 where nothing repeats. */
  hz: number;
  /** How alike one period is to the next, 0 to 1: above 0.5 a voice, below 0.3 noise. */
  clarity: number;
}

/**
 * Finds the pitch of a frame by its normalised autocorrelation.
 *
 * @param frame three periods of the lowest voice or more, without a window
 * @param rate of the frame, in Hz; 4000 is enough
 * @param target filled; nothing is allocated
 */
export function findPitch(frame: Float64Array, rate: number, target: Pitch): void {
  const longest = Math.min(Math.floor(rate / LOWEST), frame.length - 16);
  const shortest = Math.max(2, Math.floor(rate / HIGHEST));
  target.hz = 0;
  target.clarity = 0;
  let before = 1;
  let here = alike(frame, shortest - 1);
  for (let lag = shortest - 1; lag <= longest; lag++) {
    const after = alike(frame, lag + 1);
    if (lag >= shortest && here >= before && here > after && here > target.clarity + LONGER) {
      const bend = before - 2 * here + after;
      target.hz = rate / (lag + (bend < 0 ? (0.5 * (before - after)) / bend : 0));
      target.clarity = Math.min(1, here);
    }
    before = here;
    here = after;
  }
}

/** Correlation of a frame with itself `lag` later, -1 to 1; 0 for silence. */
function alike(frame: Float64Array, lag: number): number {
  const length = frame.length - lag;
  let product = 0;
  let early = 0;
  let late = 0;
  for (let i = 0; i < length; i++) {
    const a = frame[i]!;
    const b = frame[i + lag]!;
    product += a * b;
    early += a * a;
    late += b * b;
  }
  const size = Math.sqrt(early * late);
  return size > 1e-12 ? product / size : 0;
}
