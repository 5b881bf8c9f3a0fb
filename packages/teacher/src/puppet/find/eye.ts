import { clamp, smoothStep } from '../smooth.ts';
import { type Colour, colourAt, difference, type FacePixels, isBlush, lightness, medianColour } from './face-pixels.ts';
import type { Iris } from './iris.ts';
import { fitParabola, type Parabola, rowAt } from './parabola.ts';

/** An eye, in pixels of the face crop. */
export interface Eye {
  /** Middle of the iris. */
  readonly irisX: number;
  readonly irisY: number;
  /** Radii of the iris, its hidden upper part counted. */
  readonly radiusX: number;
  readonly radiusY: number;
  /** Columns of the corners. */
  readonly left: number;
  readonly right: number;
  /** Middle of the upper lash line, row by column. */
  readonly upper: Parabola;
  /** Row of the lower lid in the middle of the eye, and how far its ends lie higher. */
  readonly bottom: number;
  readonly sag: number;
  /** Row of the upper edge of the lash line by column, from column 0 of the crop. */
  readonly lashTop: Float32Array;
  /** Half the thickness of the upper lash line, pixels. */
  readonly lash: number;
  readonly lashColour: Colour;
  readonly white: Colour;
}

/** Row of the lower lid's edge in a column: flat in the middle, rising to the corners. */
export function lowerRow(
  { left, right, bottom, sag }: Pick<Eye, 'left' | 'right' | 'bottom' | 'sag'>,
  x: number,
): number {
  const u = Math.abs(2 * x - left - right) / (right - left);
  return bottom - sag * Math.min(u, 1.2) ** 3;
}

/** Looks for the eyes around two irises. */
export function findEyes(face: FacePixels, irises: readonly [Iris, Iris]): [Eye, Eye] {
  // A blush or glasses hide where one opening ends; the other then tells.
  const depth = Math.min(...irises.map((iris) => findBottom(face, iris) + 0.7 - iris.y));
  return [findEye(face, irises[0], depth), findEye(face, irises[1], depth)];
}

function findEye(face: FacePixels, iris: Iris, depth: number): Eye {
  const { x: irisX, y: irisY, radius } = iris;
  const upper = findUpperLash(face, iris);
  const [left, right] = findCorners(face, iris, upper);
  const lash = lashThickness(face, irisX, upper, left, right);
  const bottom = irisY + depth;
  const half = (right - left) / 2;
  // Corners lie a little below the ends of the lash line, whose outer end is drawn out in a wing.
  const ends = (rowAt(upper, left + half * 0.1) + rowAt(upper, right - half * 0.1)) / 2 + 1;
  const sag = Math.max(bottom - Math.min(ends, bottom - 2), 2);
  const opening = { left, right, bottom, sag };
  const inOpening = (x: number, y: number): boolean =>
    x > left && x < right && y > rowAt(upper, x) + lash + 1 && y < lowerRow(opening, x) - 1;
  const skinSpread = Math.max(...face.skin) - Math.min(...face.skin);
  const white = medianColour(face.rgb, face.size, (x, y) => {
    if (!inOpening(x, y) || Math.abs(x - irisX) < radius * 1.15) return false;
    const colour = colourAt(face.rgb, y * face.size + x);
    const isGrey = Math.max(...colour) - Math.min(...colour) < Math.max(skinSpread * 0.6, 0.04);
    return isGrey && lightness(colour) > lightness(face.skin) - 0.18;
  });
  const lashColour = medianColour(face.rgb, face.size, (x, y) => {
    return x > left + half * 0.3 && x < right - half * 0.3 && Math.abs(y - rowAt(upper, x)) < Math.max(lash * 0.6, 0.8);
  });
  return {
    irisX,
    irisY,
    radiusX: radius,
    radiusY: Math.max(radius * 1.1, bottom - irisY),
    left,
    right,
    upper,
    bottom,
    sag,
    lashTop: findLashTop(face, upper, lash, left, right),
    lash,
    lashColour: lashColour ?? [0.2, 0.15, 0.15],
    white: white ?? [0.95, 0.95, 0.96],
  };
}

/** A parabola through the darkest line near where the lid should be over the iris; hair may be dark above it. */
function findUpperLash(face: FacePixels, { x: irisX, y: irisY, radius }: Iris): Parabola {
  const { size, light, skin } = face;
  const likely = { centre: irisX, a: irisY - 1.2 * radius, b: 0, c: 0.2 / radius };
  const points: { x: number; y: number; weight: number }[] = [];
  for (let x = Math.ceil(irisX - 1.9 * radius); x <= irisX + 1.9 * radius; x++) {
    const row = rowAt(likely, x);
    const cost = (y: number): number => light[y * size + x]! + 0.2 * Math.abs((y - row) / radius);
    const from = Math.max(Math.round(row - 0.9 * radius), 0);
    const to = Math.min(Math.round(row + 0.7 * radius), size - 1);
    let least = Number.POSITIVE_INFINITY;
    for (let y = from; y <= to; y++) least = Math.min(least, cost(y));
    // The iris below may be as dark as the lash: the upper end of what is darkest.
    let y = from;
    while (cost(y) > least + 0.06) y++;
    const weight = lightness(skin) - 0.15 - light[y * size + x]!;
    if (weight > 0) points.push({ x, y: y + 0.3, weight });
  }
  return fitParabola(points, likely, radius, [0.3, 0.6, 1.5]);
}

/** How far to both sides the lash line goes on, as a thin line; hair is no thin line. */
function findCorners(face: FacePixels, { x: irisX, radius }: Iris, upper: Parabola): [number, number] {
  const { size, light, skin } = face;
  const dark = lightness(skin) - 0.16;
  const isDark = (x: number, y: number): boolean => {
    const row = clamp(Math.round(y), 0, size - 1);
    return light[row * size + clamp(x, 0, size - 1)]! < dark;
  };
  const reach = (step: 1 | -1): number => {
    let missed = 0;
    let last = 1.3 * radius;
    for (let d = 1.3 * radius; d < 2.9 * radius; d++) {
      const x = Math.round(irisX + step * d);
      const y = rowAt(upper, x);
      const onLine = [-1, 0, 1, 2, 3].some((dy) => isDark(x, y + dy));
      const isThin = !isDark(x, y - 5) || !isDark(x, y - 6);
      if (onLine && (isThin || d < 1.6 * radius)) {
        last = d;
        missed = 0;
      } else if (++missed > 1) break;
    }
    return clamp(last, 1.45 * radius, 2.9 * radius);
  };
  return [irisX - reach(-1), irisX + reach(1)];
}

/** Follows the lash line's dark up to where it ends; where it never does (hair hangs there), stays near its middle. */
function findLashTop(face: FacePixels, upper: Parabola, lash: number, left: number, right: number): Float32Array {
  const { size, light, skin } = face;
  const dark = lightness(skin) - 0.07;
  const edges = Float32Array.from({ length: size }, (_, x) => {
    const middle = rowAt(upper, x);
    // Its outer end may rise from the curve like a wing.
    const wing = 2.5 * smoothStep(0.6, 0.9, Math.abs(2 * x - left - right) / (right - left));
    for (let y = Math.round(middle); y > middle - lash - 3.5 - wing && y >= 0; y--) {
      if (light[y * size + x]! >= dark && y < middle - 0.5) return y + 0.5;
    }
    return middle - 1.5;
  });
  // A lash hair more or less must not show as a step.
  return edges.map((edge, x) => (2 * edge + edges[Math.max(x - 1, 0)]! + edges[Math.min(x + 1, size - 1)]!) / 4);
}

function lashThickness(face: FacePixels, irisX: number, upper: Parabola, left: number, right: number): number {
  const { size, light, skin } = face;
  const dark = lightness(skin) - 0.25;
  const runs: number[] = [];
  for (let x = Math.ceil(left); x <= right; x++) {
    if (Math.abs(x - irisX) < (right - left) * 0.22) continue; // over the iris, lash and iris are one
    const y = Math.round(rowAt(upper, x));
    let from = y;
    let to = y;
    while (from > y - 4 && light[(from - 1) * size + x]! < dark) from--;
    while (to < y + 4 && light[(to + 1) * size + x]! < dark) to++;
    if (light[y * size + x]! < dark) runs.push(to - from + 1);
  }
  const middle = runs.sort((a, b) => a - b)[runs.length >> 1] ?? 2;
  return clamp(middle / 2, 0.8, 2.8);
}

/** Row of the lower edge of the opening: where skin or white begins under the iris, and is no highlight. */
function findBottom(face: FacePixels, { x: irisX, y: irisY, radius }: Iris): number {
  const { size, rgb } = face;
  const rows: number[] = [];
  for (let x = Math.round(irisX - radius * 0.4); x <= irisX + radius * 0.4; x++) {
    const at = (y: number): Colour => colourAt(rgb, Math.min(y, size - 1) * size + x);
    const isLike = (y: number, other: Colour, most: number): boolean => difference(at(y), other) < most;
    const isBare = (y: number): boolean =>
      [1, 2].every((d) => isLike(y + d, face.skin, 0.1) || isBlush(at(y + d), face.skin)) ||
      [1, 2, 3].every((d) => isLike(y + d, [1, 1, 1], 0.07));
    // A dark line with a blush under it ends the eye as well.
    const light = (y: number): number => face.light[Math.min(y, size - 1) * size + x]!;
    const isLined = (y: number): boolean =>
      light(y - 1) < lightness(face.skin) - 0.45 && light(y + 1) - light(y - 1) > 0.2 && isLike(y + 2, face.skin, 0.22);
    let y = Math.round(irisY + radius * 0.4);
    while (y < irisY + radius * 1.9 && !isBare(y) && !isLined(y)) y++;
    rows.push(y + 0.5);
  }
  const middle = rows.sort((a, b) => a - b)[rows.length >> 1]!;
  return clamp(middle, irisY + radius * 0.7, irisY + radius * 1.9);
}
