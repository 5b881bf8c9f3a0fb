import type { WatchedPose } from './watch-page.ts';

/** A value over time. */
export interface Point {
  readonly at: number;
  readonly value: number;
}

/** Length of the webcam clips. */
const CLIP_FRAMES = 120;
/** Between readings further apart than this, nothing is known: on a busy machine the fake camera stumbles. */
const GAP_MS = 200;

/**
 * The clip's frame at a time, from bar codes that were read now and then.
 *
 * @returns 0 to 119, or `null` where no reading is near
 */
export function clipClock(
  codes: readonly { readonly at: number; readonly frame: number }[],
): (at: number) => number | null {
  const sorted = [...codes].sort((a, b) => a.at - b.at);
  return (at) => {
    const next = sorted.findIndex((code) => code.at >= at);
    const [before, after] = [sorted[next - 1], sorted[next]];
    if (before === undefined || after === undefined || after.at - before.at > GAP_MS) return null;
    const frames = (after.frame - before.frame + CLIP_FRAMES) % CLIP_FRAMES;
    const share = (at - before.at) / (after.at - before.at);
    return Math.round(before.frame + frames * share) % CLIP_FRAMES;
  };
}

/** The delay, 0 to 0.6 s, at which a trace follows a motion best, and how well: Pearson's correlation with its sign. */
export function follows(
  trace: readonly Point[],
  motion: (at: number) => number | null,
): { readonly delayMs: number; readonly r: number } {
  const delays = Array.from({ length: 31 }, (_, i) => i * 20);
  const fits = delays.map((delayMs) => {
    const pairs = trace.flatMap(({ at, value }) => {
      const moved = motion(at - delayMs);
      return moved === null ? [] : [[value, moved] as const];
    });
    // With few pairs left, anything would fit.
    const enough = pairs.length >= 6 && pairs.length >= trace.length / 2;
    return { delayMs, r: enough ? correlation(...unzipped(pairs)) : 0 };
  });
  return fits.reduce((best, fit) => (Math.abs(fit.r) > Math.abs(best.r) ? fit : best));
}

function unzipped(pairs: readonly (readonly [number, number])[]): [number[], number[]] {
  return [pairs.map(([a]) => a), pairs.map(([, b]) => b)];
}

/**
 * A parameter's values just after the tracker told something new, against when the camera took what it told. So a busy
 * machine, which looks at few frames, measures the same.
 */
export function trackedTrace(poses: readonly WatchedPose[], index: number): Point[] {
  return poses.flatMap(({ capturedAt, pose }) =>
    capturedAt === null ? [] : [{ at: capturedAt, value: pose[index]! }],
  );
}

/** Milliseconds from the camera's picture to the pose, in the middle. */
export function medianDelay(poses: readonly WatchedPose[]): number {
  const delays = poses.flatMap(({ at, capturedAt }) => (capturedAt === null ? [] : [at - capturedAt]));
  return delays.sort((a, b) => a - b)[delays.length >> 1]!;
}

/** Pearson's. */
export function correlation(a: readonly number[], b: readonly number[]): number {
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (const [i, x] of a.entries()) {
    ab += (x - ma) * (b[i]! - mb);
    aa += (x - ma) ** 2;
    bb += (b[i]! - mb) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
