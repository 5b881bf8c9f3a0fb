import { type BoxSums, boxMean, boxSums } from './box-sums.ts';
import type { Lab, LabPlanes } from './oklab.ts';
import { crownAbove, silhouetteTops } from './silhouette.ts';
import { isLikeSkin, skinColours } from './skin-colours.ts';

/** Where a face seems to be, in the pixels of the planes that were searched. */
export interface FaceGuess {
  /** Middle between the eyes. */
  readonly x: number;
  readonly y: number;
  /** Size: pixels for each pixel of a face in its place, whose head is 128 pixels high. */
  readonly unit: number;
  /** How well it looks like a face; around 0 it is none, at best about 1. */
  readonly score: number;
  /** Colour of its skin. */
  readonly skin: Lab;
}

/** A face in its place: from the middle between the eyes, in pixels of a head that is 128 high. */
const EYE_DISTANCE = 46;
const EYES_BELOW_CROWN = 82;
const EYE: Half = { width: 11, height: 9 };

interface Half {
  readonly width: number;
  readonly height: number;
}

/** Steps of the search: sizes grow by this factor, places move by this share of a unit. */
const GROWTH = 1.12;
const STRIDE = 4;

const LOWEST_SCORE = 0.2;

/** A difference from skin that counts in full. */
const FULL_DIFFERENCE = 0.2;

/**
 * Looks for the layout that faces share, at all places and sizes: on skin, two patches of another colour side by side,
 * with plain skin between and below them, and a small mark in the middle below. Which colour skin has is tried for the
 * few colours that are common in the picture.
 *
 * @param smallest smallest unit that is tried
 * @returns the best guesses, best first, none when nothing looks like a face
 */
export function findFaces(planes: LabPlanes, smallest: number, largest: number): FaceGuess[] {
  const found: FaceGuess[] = [];
  const tops = silhouetteTops(planes);
  for (const skin of skinColours(planes)) {
    const difference = differenceFrom(planes, skin);
    const sums = boxSums(difference, planes.width, planes.height);
    for (let unit = smallest; unit <= largest; unit *= GROWTH)
      found.push(...searchSize(sums, difference, unit, skin, tops));
  }
  return apart(found.sort((a, b) => b.score - a.score));
}

/** How much each pixel differs from a colour, 0 to 1; transparent ones differ in full. */
export function differenceFrom({ l, a, b, alpha }: LabPlanes, [m, c, d]: Lab): Float32Array {
  return Float32Array.from(l, (value, i) => {
    if (alpha[i]! < 0.5) return 1;
    // Shadow on skin is still skin: lightness counts less than hue, and darker less than lighter.
    const light = (value - m) * (value < m ? 0.7 : 1);
    return Math.min(1, Math.hypot(light, 1.6 * (a[i]! - c), 1.6 * (b[i]! - d)) / FULL_DIFFERENCE);
  });
}

function searchSize(sums: BoxSums, difference: Float32Array, unit: number, skin: Lab, tops: Int32Array): FaceGuess[] {
  const usual = isLikeSkin(skin) ? 1 : 0.8;
  const stride = Math.max(1, Math.round(STRIDE * unit));
  const guesses: FaceGuess[] = [];
  for (let y = Math.round(10 * unit); y < sums.height - 20 * unit; y += stride) {
    for (let x = Math.round(25 * unit); x < sums.width - 25 * unit; x += stride) {
      // Beside the nose there is skin; that alone rules most places out.
      const beside = Math.round(y + 6 * unit) * sums.width + x;
      const aside = Math.round(4 * unit);
      if (Math.min(difference[beside - aside]!, difference[beside + aside]!) > 0.6) continue;
      const plain = scoreAt(sums, x, y, unit) * usual;
      if (plain < LOWEST_SCORE) continue;
      const score = plain * belowCrown(tops, x, y, unit);
      if (score > LOWEST_SCORE) guesses.push({ x, y, unit, score, skin });
    }
  }
  return guesses;
}

/** Whether the top of the head is about as far above as it should be, 0 to 1; 1 where it cannot be seen. */
function belowCrown(tops: Int32Array, x: number, y: number, unit: number): number {
  const crown = crownAbove(tops, x, 20 * unit);
  if (crown === null) return 1;
  const ratio = Math.log(Math.max(1, y - crown) / (EYES_BELOW_CROWN * unit));
  // A picture that ends within the head shows less of it; a hat, more.
  if (crown <= 1 && ratio < 0) return 1;
  return Math.exp(-0.5 * (ratio / 0.4) ** 2);
}

/** How much the layout around a point is a face's. */
function scoreAt(sums: BoxSums, x: number, y: number, unit: number): number {
  const mean = (left: number, top: number, right: number, bottom: number) =>
    boxMean(sums, x + left * unit, y + top * unit, x + right * unit, y + bottom * unit, 1);
  const half = EYE_DISTANCE / 2;
  const nose = mean(-8, -2, 8, 20);
  if (nose > 0.35) return 0;
  const cheeks = Math.max(mean(-half - 6, 14, -half + 11, 23), mean(half - 11, 14, half + 6, 23));
  if (cheeks > 0.5) return 0;
  const eye = (side: number) =>
    mean(side - EYE.width, -EYE.height, side + EYE.width, EYE.height) - 0.5 * mean(side - EYE.width, 12, side + 8, 18);
  const left = eye(-half);
  const right = eye(half);
  if (left < 0.2 || right < 0.2) return 0;
  const lip = mean(-6, 26, 6, 35);
  const besideLip = Math.max(mean(-18, 26, -11, 35), mean(11, 26, 18, 35));
  const mouth = Math.min(Math.max(lip - besideLip, 0), 0.3);
  return Math.sqrt(left * right) + 0.6 * mouth - nose - 0.7 * cheeks - 0.4 * besideLip;
}

/** Keeps of each crowd of guesses the best. */
function apart(guesses: readonly FaceGuess[]): FaceGuess[] {
  const kept: FaceGuess[] = [];
  for (const guess of guesses) {
    if (kept.every(({ x, y, unit }) => Math.hypot(guess.x - x, guess.y - y) > 16 * Math.max(unit, guess.unit))) {
      kept.push(guess);
      if (kept.length === 8) break;
    }
  }
  return kept;
}
