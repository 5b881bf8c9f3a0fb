import type { Work } from './recipe.ts';

/**
 * A stretch of the run whose work is settled. The run goes through it in ticks, at most one update of each network
 * long; where in the run a tick stands depends on nothing but its number.
 */
export interface Segment extends Work {
  /** Progress of the whole run at its start and end, 0..1. */
  readonly from: number;
  readonly to: number;
}

/** How far a run has come. */
export interface Position {
  /** The last one is under way, or done. */
  readonly segments: readonly Segment[];
  /** Ticks done in the last segment. */
  readonly tick: number;
  /** Done in all segments. */
  readonly done: Work;
}

export const NO_WORK: Work = { frames: 0, faceSteps: 0, bodySteps: 0 };

/** Ticks of a segment, at least 1. */
export function ticksOf({ frames, faceSteps, bodySteps }: Work): number {
  return Math.max(frames, faceSteps, bodySteps, 1);
}

/** What tick number `tick` of a segment does: each kind of work spread evenly, 0 or 1 of it. */
export function workOfTick(segment: Segment, tick: number): Work {
  const ticks = ticksOf(segment);
  const at = (count: number): number => share(count, tick + 1, ticks) - share(count, tick, ticks);
  return { frames: at(segment.frames), faceSteps: at(segment.faceSteps), bodySteps: at(segment.bodySteps) };
}

/** Progress of the whole run before tick number `tick`, 0..1. */
export function progressAt({ from, to, ...work }: Segment, tick: number): number {
  return from + ((to - from) * tick) / ticksOf(work);
}

/** What a segment has left after `tick` ticks. */
export function workLeft(segment: Segment, tick: number): Work {
  const ticks = ticksOf(segment);
  const left = (count: number): number => count - share(count, tick, ticks);
  return { frames: left(segment.frames), faceSteps: left(segment.faceSteps), bodySteps: left(segment.bodySteps) };
}

/** The work times a factor, in whole numbers; both networks keep at least one update. */
export function scaleWork({ frames, faceSteps, bodySteps }: Work, factor: number): Work {
  return {
    frames: Math.round(frames * factor),
    faceSteps: Math.max(1, Math.round(faceSteps * factor)),
    bodySteps: Math.max(1, Math.round(bodySteps * factor)),
  };
}

export function addWork(a: Work, b: Work): Work {
  return {
    frames: a.frames + b.frames,
    faceSteps: a.faceSteps + b.faceSteps,
    bodySteps: a.bodySteps + b.bodySteps,
  };
}

/** How many of `count` are due once `tick` of `ticks` are done. */
function share(count: number, tick: number, ticks: number): number {
  return Math.floor((count * tick) / ticks);
}
