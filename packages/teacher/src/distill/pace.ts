import type { Work } from './recipe.ts';

/** Seconds that one piece of each kind of work takes. */
export interface Pace {
  readonly frame: number;
  readonly faceStep: number;
  readonly bodyStep: number;
}

/** What is timed: the two kinds of frames apart, as the one takes many times as long as the other. */
export type Piece = 'whole' | 'window' | 'faceStep' | 'bodyStep';

/** Times work, so that a run can be fitted to a budget. The newest pieces count most: machines get busy and idle again. */
export class PaceMeter {
  readonly #wholeShare: number;
  readonly #means = new Map<Piece, { readonly pieces: number; readonly seconds: number }>();

  /** @param wholeShare share of the frames that are whole, 0..1 */
  constructor(wholeShare: number) {
    this.#wholeShare = wholeShare;
  }

  /** @param seconds how long one piece took */
  add(kind: Piece, seconds: number): void {
    const { pieces, seconds: before } = this.#means.get(kind) ?? { pieces: 0, seconds: 0 };
    const weight = Math.max(1 / (pieces + 1), NEWEST);
    this.#means.set(kind, { pieces: pieces + 1, seconds: before + weight * (seconds - before) });
  }

  /** What is known so far; 0 for what was never done. */
  pace(): Pace {
    const of = (kind: Piece): number => this.#means.get(kind)?.seconds ?? 0;
    const frame = this.#wholeShare * of('whole') + (1 - this.#wholeShare) * of('window');
    return { frame, faceStep: of('faceStep'), bodyStep: of('bodyStep') };
  }
}

/** Least weight of the newest piece in the running mean. */
const NEWEST = 0.05;

/** Seconds that work takes at a pace. */
export function secondsFor(work: Work, pace: Pace): number {
  return work.frames * pace.frame + work.faceSteps * pace.faceStep + work.bodySteps * pace.bodyStep;
}

/** Plans that are off by less stay as they are. */
const TOLERANCE = 0.06;

/**
 * By which factor work must grow or shrink to fill the time that is left.
 *
 * @returns 1 where it fits already
 */
export function fitFactor(work: Work, pace: Pace, secondsLeft: number): number {
  const needed = secondsFor(work, pace);
  if (needed <= 0) return 1;
  const factor = Math.max(secondsLeft, 0) / needed;
  return Math.abs(factor - 1) < TOLERANCE ? 1 : factor;
}
