import { lowerRow } from '../find/eye.ts';
import { rowAt } from '../find/parabola.ts';
import { clamp } from '../smooth.ts';
import type { EyeLook } from './eye-look.ts';
import type { EyePose } from './eye-pose.ts';

/** Rows of both lids in one column: at rest and in the pose. */
export interface Lids {
  upperRest: number;
  lowerRest: number;
  upper: number;
  lower: number;
}

/** How far the eye is shut, 0..1. */
export function shut({ wink, happyWink, relaxed }: EyePose): number {
  return Math.min(wink + happyWink + relaxed, 1);
}

/** Works out both lids in column `x`. */
export function lidsAt({ eye, middle, half, height }: EyeLook, pose: EyePose, x: number, out: Lids): void {
  const u = clamp((x - middle) / half, -1, 1);
  const bulge = 1 - u * u;
  const top = rowAt(eye.upper, middle);
  const upperRest = rowAt(eye.upper, x);
  const lowerRest = Math.max(lowerRow(eye, x), upperRest + 1.5);
  const tilt = (rowAt(eye.upper, middle + half) - rowAt(eye.upper, middle - half)) / (2 * half);
  const straight = top + 0.6 * tilt * (x - middle);
  // Where the lids meet: sagging when closed, arched when happy, nearly straight when relaxed.
  const winkLine = straight + height * (0.66 + 0.16 * bulge);
  const happyLine = straight + height * (0.8 - 0.26 * bulge);
  const relaxedLine = straight + height * (0.7 + 0.07 * bulge);
  const halfLine = Math.max(straight + height * 0.4, upperRest + height * 0.12);
  const sum = Math.max(pose.wink + pose.happyWink + pose.relaxed + pose.unimpressed, 1);
  const wink = pose.wink / sum;
  const happy = pose.happyWink / sum;
  const relaxed = pose.relaxed / sum;
  const closed = wink + happy + relaxed;
  let upper = upperRest;
  upper += wink * (winkLine - upperRest) + happy * (happyLine - upperRest) + relaxed * (relaxedLine - upperRest);
  upper += (pose.unimpressed / sum) * (halfLine - upperRest);
  upper -= pose.surprised * (1 - closed) * height * 0.2 * (0.5 + 0.5 * bulge);
  let lower = lowerRest + pose.surprised * (1 - closed) * height * 0.07 * bulge;
  lower -= pose.raisedLowerLid * height * 0.32 * (0.35 + 0.65 * bulge);
  if (closed > 0) {
    const line = (wink * winkLine + happy * happyLine + relaxed * relaxedLine) / closed;
    lower += (line - lower) * closed * closed;
  }
  out.upperRest = upperRest;
  out.lowerRest = lowerRest;
  out.lower = lower;
  out.upper = Math.min(upper, lower);
}
