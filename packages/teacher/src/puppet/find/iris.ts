import { clamp, smoothStep } from '../smooth.ts';
import { colourAt, difference, type FacePixels, isBlush } from './face-pixels.ts';
import type { LikelyPlace } from './likely-places.ts';

/** A disc: middle and radius in pixels of the face crop. */
export interface Iris {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

interface Candidate extends Iris {
  readonly score: number;
}

/**
 * Looks for both irises: the discs, as large on both sides, that are unlike skin and white, with something like one of
 * them to both sides and below.
 *
 * @param places where they are about
 */
export function findIrises(face: FacePixels, places: readonly [LikelyPlace, LikelyPlace]): [Iris, Iris] {
  const unlike = Float32Array.from({ length: face.size * face.size }, (_, pixel) => {
    const colour = colourAt(face.rgb, pixel);
    const value = Math.min(face.unlikeSkin[pixel]!, difference(colour, [1, 1, 1]), 0.5);
    return isBlush(colour, face.skin) ? value * 0.4 : value;
  });
  // Highlights belong to the iris: gaps of a few pixels are closed.
  const strange = run(run(unlike, face.size, Math.max), face.size, Math.min);
  const distance = places[1].x - places[0].x;
  let best = Number.NEGATIVE_INFINITY;
  let found: readonly [Candidate[], Candidate[]] = [[], []];
  for (let radius = Math.max(distance * 0.1, 3); radius <= distance * 0.23; radius += 0.5) {
    const both = places.map((place) => candidates(strange, face.size, place, radius)) as [Candidate[], Candidate[]];
    // Larger discs are fainter at their edge; a sixth of the distance is usual.
    const likely = Math.exp(-(((radius / distance - 0.16) / 0.087) ** 2));
    const score = (highest(both[0]) + highest(both[1])) * likely;
    if (score > best) {
      best = score;
      found = both;
    }
  }
  return [middleOfBest(found[0]), middleOfBest(found[1])];
}

function candidates(strange: Float32Array, size: number, place: LikelyPlace, radius: number): Candidate[] {
  const { x: likelyX, y: likelyY, reachX, reachY } = place;
  const found: Candidate[] = [];
  for (let y = Math.ceil(likelyY - reachY); y <= likelyY + reachY; y++) {
    for (let x = Math.ceil(likelyX - reachX); x <= likelyX + reachX; x++) {
      const inside = meanOver(strange, size, x, y, radius, 1, (u, v) => u * u + v * v * 0.8 <= 1);
      const beside = meanOver(strange, size, x, y, radius, 1.7, (u, v) => Math.abs(u) > 1.15 && Math.abs(v) < 0.5);
      const below = meanOver(strange, size, x, y, radius, 0.6, (_, v) => v > 1.25);
      const prior = Math.exp(-(((x - likelyX) / (1.4 * reachX)) ** 2) - ((y - likelyY) / (1.4 * reachY)) ** 2);
      found.push({ x, y, radius, score: (inside - 0.8 * beside - 0.35 * below) * prior });
    }
  }
  return found;
}

/** The mean of the best ones is finer than a pixel, and the same in a mirror. */
function middleOfBest(found: readonly Candidate[]): Iris {
  const best = highest(found);
  let sum = 0;
  let x = 0;
  let y = 0;
  for (const candidate of found) {
    const weight = candidate.score === best ? 1 : smoothStep(best - 0.1 * Math.abs(best), best, candidate.score);
    sum += weight;
    x += weight * candidate.x;
    y += weight * candidate.y;
  }
  return { x: x / sum, y: y / sum, radius: found[0]!.radius };
}

function highest(found: readonly Candidate[]): number {
  return found.reduce((most, { score }) => Math.max(most, score), Number.NEGATIVE_INFINITY);
}

function meanOver(
  values: Float32Array,
  size: number,
  cx: number,
  cy: number,
  radius: number,
  reach: number,
  isMeant: (u: number, v: number) => boolean,
): number {
  let sum = 0;
  let count = 0;
  const span = Math.floor(radius * reach);
  const rows = Math.ceil(radius * 1.6);
  for (let dy = -rows; dy <= rows; dy++) {
    for (let dx = -span; dx <= span; dx++) {
      if (!isMeant(dx / radius, dy / radius)) continue;
      sum += values[clamp(cy + dy, 0, size - 1) * size + clamp(cx + dx, 0, size - 1)]!;
      count++;
    }
  }
  return count === 0 ? 0 : sum / count;
}

/** The largest or smallest of a small square around each pixel. */
function run(values: Float32Array, size: number, pick: (...numbers: number[]) => number): Float32Array {
  const reach = 2;
  const along = (from: Float32Array, stride: number): Float32Array =>
    from.map((value, pixel) => {
      const place = stride === 1 ? pixel % size : Math.floor(pixel / size);
      let result = value;
      for (let d = -reach; d <= reach; d++) {
        if (place + d >= 0 && place + d < size) result = pick(result, from[pixel + d * stride]!);
      }
      return result;
    });
  return along(along(values, 1), size);
}
