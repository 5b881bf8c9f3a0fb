import { clamp } from '../smooth.ts';
import { type Colour, colourAt, difference, type FacePixels, lightness, medianColour } from './face-pixels.ts';
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
  /** Edge of the lower lid, row by column. */
  readonly lower: Parabola;
  /** Half the thickness of the upper lash line, pixels. */
  readonly lash: number;
  readonly lashColour: Colour;
  readonly white: Colour;
}

/** Looks for the eye around an iris. */
export function findEye(face: FacePixels, iris: Iris): Eye {
  const { x: irisX, y: irisY, radius } = iris;
  const upper = findUpperLash(face, iris);
  const [left, right] = findCorners(face, iris, upper);
  const lash = lashThickness(face, irisX, upper, left, right);
  const bottom = findBottom(face, iris);
  const middle = (left + right) / 2;
  const half = (right - left) / 2;
  // Corners lie a little below the ends of the lash line, whose outer end is drawn out in a wing.
  const ends = (rowAt(upper, left + half * 0.1) + rowAt(upper, right - half * 0.1)) / 2 + 1;
  const sag = Math.max(bottom - Math.min(ends, bottom - 2), 2);
  const lower: Parabola = { centre: middle, a: bottom, b: 0, c: -sag / (half * half) };
  const inOpening = (x: number, y: number): boolean =>
    x > left && x < right && y > rowAt(upper, x) + lash + 1 && y < rowAt(lower, x) - 1;
  const white = medianColour(face.rgb, face.size, (x, y) => {
    if (!inOpening(x, y) || Math.abs(x - irisX) < radius * 1.15) return false;
    return lightness(colourAt(face.rgb, y * face.size + x)) > lightness(face.skin) - 0.18;
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
    lower,
    lash,
    lashColour: lashColour ?? [0.2, 0.15, 0.15],
    white: white ?? [0.97, 0.96, 0.96],
  };
}

/** A parabola through the darkest line near where the lid should be over the iris; hair may be dark above it. */
function findUpperLash(face: FacePixels, { x: irisX, y: irisY, radius }: Iris): Parabola {
  const { size, light, skin } = face;
  const likely = { centre: irisX, a: irisY - 1.2 * radius, b: 0, c: 0.2 / radius };
  const points: { x: number; y: number; weight: number }[] = [];
  for (let x = Math.ceil(irisX - 1.9 * radius); x <= irisX + 1.9 * radius; x++) {
    const row = rowAt(likely, x);
    const cost = (y: number): number => light[y * size + x]! + 0.12 * Math.abs((y - row) / radius);
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

/** How far to both sides the lash line goes on. */
function findCorners(face: FacePixels, { x: irisX, radius }: Iris, upper: Parabola): [number, number] {
  const { size, light, skin } = face;
  const dark = lightness(skin) - 0.16;
  const reach = (step: 1 | -1): number => {
    let missed = 0;
    let last = irisX + step * 1.3 * radius;
    for (let d = 1.3 * radius; d < 2.2 * radius; d++) {
      const x = Math.round(irisX + step * d);
      const y = Math.round(rowAt(upper, x));
      let isDark = false;
      for (let v = y - 1; v <= y + 3; v++) {
        if (v >= 0 && v < size && x >= 0 && x < size) isDark ||= light[v * size + x]! < dark;
      }
      if (isDark) {
        last = irisX + step * d;
        missed = 0;
      } else if (++missed > 1) break;
    }
    return last;
  };
  const left = irisX - reach(-1);
  const right = reach(1) - irisX;
  return [irisX - clamp(left, 1.45 * radius, 2.1 * radius), irisX + clamp(right, 1.45 * radius, 2.1 * radius)];
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
  return clamp(middle / 2, 0.8, 2.2);
}

/** Row of the lower edge of the iris, or of the opening. */
function findBottom(face: FacePixels, { x: irisX, y: irisY, radius }: Iris): number {
  const { size, rgb } = face;
  const rows: number[] = [];
  for (let x = Math.round(irisX - radius * 0.4); x <= irisX + radius * 0.4; x++) {
    let y = Math.round(irisY);
    const most = irisY + radius * 1.7;
    while (y < most && y < size - 1) {
      const colour = colourAt(rgb, (y + 1) * size + x);
      if (Math.min(difference(colour, face.skin), difference(colour, [1, 1, 1])) < 0.08) break;
      y++;
    }
    rows.push(y + 0.5);
  }
  const middle = rows.sort((a, b) => a - b)[rows.length >> 1]!;
  return clamp(middle, irisY + radius * 0.75, irisY + radius * 1.5);
}
