import { type BoxSums, boxMean, boxSums } from './box-sums.ts';
import { differenceFrom } from './find-face.ts';
import type { Lab, LabPlanes } from './oklab.ts';

/** A point, in pixels; (0.5, 0.5) is the middle of the first pixel. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where eyes and mouth are. Left and right are the character's own. */
export interface FaceFeatures {
  readonly leftEye: Point;
  readonly rightEye: Point;
  readonly mouth: Point;
  /** How well it fits the layout of a face, about 0 to 1. */
  readonly score: number;
  /** How much of the place of each eye is not skin, 0 to 1; little where the eyes are closed. */
  readonly openness: number;
  /** How much of a mouth's line is seen, 0 to 1. */
  readonly lip: number;
  /** The skin's colour. */
  readonly skin: Lab;
}

interface Eyes {
  readonly x: number;
  readonly y: number;
  readonly distance: number;
  readonly score: number;
}

interface Mouth {
  readonly x: number;
  readonly y: number;
  readonly lip: number;
  readonly score: number;
}

/**
 * Finds eyes and mouth near where they are expected.
 *
 * @param planes a face at its usual size: a head that is 128 pixels high
 * @param near about where the middle between the eyes is; 25 pixels off are found
 */
export function findFeatures(planes: LabPlanes, near: Point, guess: Lab): FaceFeatures {
  let skin = guess;
  const lines = boxSums(levelLines(planes), planes.width, planes.height);
  let sums = boxSums(differenceFrom(planes, skin), planes.width, planes.height);
  let { eyes, mouth } = findLayout(sums, lines, near, 24, 3);
  // The second look knows the skin's colour from between the eyes, and stays near.
  skin = medianColour(planes, eyes) ?? skin;
  sums = boxSums(differenceFrom(planes, skin), planes.width, planes.height);
  ({ eyes, mouth } = findLayout(sums, lines, eyes, 8, 2));
  const half = eyes.distance / 2;
  const rightEye = settleEye(sums, { x: eyes.x - half, y: eyes.y });
  const leftEye = settleEye(sums, { x: eyes.x + half, y: eyes.y });
  const opened = ({ x, y }: Point) => boxMean(sums, x - 8, y - 8, x + 8, y + 8, 1);
  return {
    rightEye,
    leftEye,
    mouth: { x: mouth.x, y: mouth.y },
    score: eyes.score + mouth.score,
    openness: Math.min(opened(leftEye), opened(rightEye)),
    lip: mouth.lip,
    skin,
  };
}

/** Best pair of eyes with the best mouth below. */
function findLayout(
  sums: BoxSums,
  lines: BoxSums,
  near: Point,
  reach: number,
  step: number,
): { readonly eyes: Eyes; readonly mouth: Mouth } {
  const marks = new MouthMarks(sums, lines);
  let best: { eyes: Eyes; mouth: Mouth; score: number } | null = null;
  for (let dy = -reach; dy <= reach; dy += step) {
    for (let dx = -15; dx <= 15; dx += step) {
      for (let distance = 36; distance <= 60; distance += step) {
        const eyes = { x: near.x + dx, y: near.y + dy, distance, score: 0 };
        const score = eyesScore(sums, eyes) - 0.1 * (dx / 14) ** 2 - 0.1 * (dy / 24) ** 2;
        if (best !== null && score + MOST_FROM_MOUTH < best.score) continue;
        const mouth = bestMouth(marks, eyes);
        if (best === null || score + mouth.score > best.score) {
          best = { eyes: { ...eyes, score }, mouth, score: score + mouth.score };
        }
      }
    }
  }
  return best!;
}

/** Eyes stand out of skin that is plain between and below them, and are alike. */
function eyesScore(sums: BoxSums, { x, y, distance }: Eyes): number {
  const mean = (left: number, top: number, right: number, bottom: number) =>
    boxMean(sums, x + left, y + top, x + right, y + bottom, 1);
  const half = distance / 2;
  const nose = mean(-half + 14, 0, half - 14, 18);
  const below = Math.max(mean(-half - 8, 13, -half + 8, 19), mean(half - 8, 13, half + 8, 19));
  const between = mean(-half + 14, -5, half - 14, 5);
  const right = mean(-half - 11, -9, -half + 11, 10);
  const left = mean(half - 11, -9, half + 11, 10);
  const usual = ((distance - 46) / 12) ** 2;
  return (
    1.2 * Math.min(left, right) + 0.2 * Math.max(left, right) - 0.6 * nose - 0.5 * between - 0.9 * below - 0.08 * usual
  );
}

const MOST_FROM_MOUTH = 0.5;

/** The best mouth for a pair of eyes: in the middle below. */
function bestMouth(marks: MouthMarks, { x, y }: Eyes): Mouth {
  let best: Mouth = { x, y: y + 31, lip: 0, score: -1 };
  for (let dy = 22; dy <= 44; dy++) {
    for (let dx = -8; dx <= 8; dx += 2) {
      const { lip, score: plain } = marks.at(Math.round(x) + dx, Math.round(y) + dy);
      const score = plain - 0.1 * ((dy - 31) / 12) ** 2 - 0.1 * (dx / 8) ** 2;
      if (score > best.score) best = { x: x + dx, y: y + dy, lip, score };
    }
  }
  return best;
}

/** How much each place looks like a mouth, worked out where it is asked for, once. */
class MouthMarks {
  readonly #sums: BoxSums;
  readonly #lines: BoxSums;
  readonly #known = new Map<number, { readonly lip: number; readonly score: number }>();

  constructor(sums: BoxSums, lines: BoxSums) {
    this.#sums = sums;
    this.#lines = lines;
  }

  /** A mouth is a mark or a level line, with plain skin beside it and between it and the nose. */
  at(x: number, y: number): { readonly lip: number; readonly score: number } {
    const key = y * 65536 + x;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const mean = (left: number, top: number, right: number, bottom: number) =>
      boxMean(this.#sums, x + left, y + top, x + right, y + bottom, 1);
    const mark = Math.max(mean(-5, -1, 5, 1), mean(-5, -3, 5, 3));
    const level = boxMean(this.#lines, x - 8, y, x + 8, y + 1, 0);
    const around = Math.max(mean(-17, -3, -12, 3), mean(12, -3, 17, 3), mean(-5, 8, 5, 11));
    const above = mean(-5, -9, 5, -5);
    const lip = Math.min(1, 0.7 * mark + 0.8 * level);
    const found = { lip, score: MOST_FROM_MOUTH * lip - 0.5 * around - 0.3 * above };
    this.#known.set(key, found);
    return found;
  }
}

/** Where lightness changes downwards but not sideways, 0 to 1: a mouth's line does so, a nose's does not. */
function levelLines({ width, height, l, alpha }: LabPlanes): Float32Array {
  const plane = new Float32Array(width * height);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      if (alpha[i]! < 0.9) continue;
      const down = Math.abs(l[i + width]! - l[i - width]!);
      const sideways = Math.abs(l[i + 1]! - l[i - 1]!);
      plane[i] = Math.min(1, Math.max(0, down - sideways) / FULL_LINE);
    }
  }
  // A line may wander by some rows on its way.
  return Float32Array.from(plane, (_, i) => {
    let most = 0;
    for (let row = -2; row <= 2; row++) most = Math.max(most, plane[i + row * width] ?? 0);
    return most;
  });
}

/** A step of lightness that counts in full. */
const FULL_LINE = 0.06;

/** Moves an eye to where most of its neighbourhood differs from skin: tilted heads have one eye higher. */
function settleEye(sums: BoxSums, from: Point): Point {
  let best = { ...from, score: Number.NEGATIVE_INFINITY };
  for (let dy = -7; dy <= 7; dy++) {
    for (let dx = -7; dx <= 7; dx++) {
      const mean = (left: number, top: number, right: number, bottom: number) =>
        boxMean(sums, from.x + dx + left, from.y + dy + top, from.x + dx + right, from.y + dy + bottom, 1);
      const score =
        mean(-10, -9, 10, 10) - 0.7 * mean(-9, 12, 9, 16) - 0.2 * mean(-9, -16, 9, -12) - 0.004 * (dx * dx + dy * dy);
      if (score > best.score) best = { x: from.x + dx, y: from.y + dy, score };
    }
  }
  return { x: best.x, y: best.y };
}

/** Median colour of the opaque skin between eyes and mouth. */
function medianColour({ width, height, l, a, b, alpha }: LabPlanes, { x, y }: Point): Lab | null {
  const found: [number[], number[], number[]] = [[], [], []];
  for (let row = Math.max(0, Math.round(y + 4)); row < Math.min(height, y + 24); row++) {
    for (let column = Math.max(0, Math.round(x - 14)); column < Math.min(width, x + 14); column++) {
      const i = row * width + column;
      if (alpha[i]! < 0.9) continue;
      found[0].push(l[i]!);
      found[1].push(a[i]!);
      found[2].push(b[i]!);
    }
  }
  if (found[0].length === 0) return null;
  const median = (values: number[]) => values.sort((p, q) => p - q)[values.length >> 1]!;
  return [median(found[0]), median(found[1]), median(found[2])];
}
