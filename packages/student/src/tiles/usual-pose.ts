import { POSE_PARAMETERS } from '@tha4/core';

/**
 * Students were trained on poses in which the shapes of brows, eyes and mouth each sum to at most 1. Up to this sum
 * they still paint a character, and surveys look at such poses; far beyond it, they paint noise all over the picture.
 */
export const MOST_WEIGHT = 1.5;

/** Whether a pose is one for which a map of visible tiles was made; in others, everything has to be painted. */
export function isUsualPose(pose: Float32Array): boolean {
  const sums = new Map<string, number>();
  for (const { index, group, side } of POSE_PARAMETERS) {
    if (!EXCLUSIVE.has(group)) continue;
    // What has no side counts on both.
    for (const half of side === null ? ['left', 'right'] : [side]) {
      const key = `${group} ${half}`;
      sums.set(key, (sums.get(key) ?? 0) + Math.abs(pose[index]!));
    }
  }
  return [...sums.values()].every((sum) => sum <= MOST_WEIGHT);
}

/**
 * From this sum of a pose's changes on, what was visible before tells less about a frame. Two random poses are 7 to 17 apart;
 * 12 frames that lead from one to the other, up to 2 each.
 */
const JUMP = 3;

/** Whether a pose is so far from the one before that hardly a motion leads there in a frame. */
export function isJump(from: Float32Array, to: Float32Array): boolean {
  return to.reduce((sum, value, i) => sum + Math.abs(value - from[i]!), 0) > JUMP;
}

const EXCLUSIVE: ReadonlySet<string> = new Set(['eyebrow', 'eye', 'mouth']);
