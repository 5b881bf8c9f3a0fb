/** A point of the drawing in pixels of the 512x512 picture, y down; at a corner the curve may turn sharply. */
export interface Knot {
  readonly x: number;
  readonly y: number;
  readonly corner: boolean;
}

/** One cubic Bezier piece: start, two handles, end; each `[x, y]`. */
export interface Cubic {
  readonly p0: Vec;
  readonly c1: Vec;
  readonly c2: Vec;
  readonly p3: Vec;
}

export type Vec = readonly [number, number];

/** Reads `"x y, x y*, ..."`; a star marks a corner. */
export function knots(text: string): Knot[] {
  return text.split(',').map((part) => {
    const corner = part.trim().endsWith('*');
    const [x, y] = part.replace('*', '').trim().split(/\s+/).map(Number);
    if (x === undefined || y === undefined || !Number.isFinite(x + y))
      throw new TypeError(`knots: expected "x y" or "x y*", got "${part}"; see ${text}`);
    return { x, y, corner };
  });
}

/** The same points on the other side of the figure's axis x = 256, in the same order. */
export function mirrored(text: string): string {
  return knots(text)
    .map(({ x, y, corner }) => `${round(512 - x)} ${y}${corner ? '*' : ''}`)
    .join(', ');
}

/** The right side of the picture as written, and the left one. */
export const SIDES: readonly ((text: string) => string)[] = [(text) => text, mirrored];

/** The points, those of the axis, and the points of the other side in reverse. */
export function bothWays(text: string, axis: string): string {
  return `${text}, ${axis}, ${reversed(mirrored(text))}`;
}

/** A closed shape by its right half, from the top of the axis to its bottom. */
export function whole(half: string): string {
  return `${half}, ${reversed(mirrored(half))}`;
}

/** A smooth curve through the points. */
export function open(text: string): Cubic[] {
  const points = knots(text);
  return points.slice(1).map((end, i) => piece(points[i - 1], points[i]!, end, points[i + 2]));
}

/** A smooth curve through the points and back to the first. */
export function closed(text: string): Cubic[] {
  const points = knots(text);
  const n = points.length;
  return points.map((start, i) => piece(points[(i + n - 1) % n], start, points[(i + 1) % n]!, points[(i + 2) % n]));
}

/** Path data; `close` joins the end to the start. */
export function pathData(curve: readonly Cubic[], close: boolean): string {
  const steps = curve.map(({ c1, c2, p3 }) => `C${c1.map(round)} ${c2.map(round)} ${p3.map(round)}`);
  return `M${curve[0]!.p0.map(round)}${steps.join('')}${close ? 'Z' : ''}`;
}

/** Point and unit tangent at `t` in 0..1 of one piece. */
export function at({ p0, c1, c2, p3 }: Cubic, t: number): { point: Vec; tangent: Vec } {
  const s = 1 - t;
  const mix = (i: 0 | 1) => s * s * s * p0[i] + 3 * s * s * t * c1[i] + 3 * s * t * t * c2[i] + t * t * t * p3[i];
  const slope = (i: 0 | 1) => s * s * (c1[i] - p0[i]) + 2 * s * t * (c2[i] - c1[i]) + t * t * (p3[i] - c2[i]);
  return { point: [mix(0), mix(1)], tangent: unit([slope(0), slope(1)]) };
}

function reversed(text: string): string {
  return text.split(', ').reverse().join(', ');
}

export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function piece(before: Knot | undefined, start: Knot, end: Knot, after: Knot | undefined): Cubic {
  const reach = Math.hypot(end.x - start.x, end.y - start.y) * 0.36;
  const p0: Vec = [start.x, start.y];
  const p3: Vec = [end.x, end.y];
  const out = start.corner || !before ? undefined : direction(before, start, end);
  const into = end.corner || !after ? undefined : direction(start, end, after);
  const c2: Vec | undefined = into && [p3[0] - into[0] * reach, p3[1] - into[1] * reach];
  const c1: Vec | undefined = out && [p0[0] + out[0] * reach, p0[1] + out[1] * reach];
  // At a corner the handle looks towards the other end's handle, which bends the piece evenly.
  return { p0, c1: c1 ?? towards(p0, c2 ?? p3, reach), c2: c2 ?? towards(p3, c1 ?? p0, reach), p3 };
}

/** Tangent of a curve through three points, led by the nearer neighbour. */
function direction(a: Knot, b: Knot, c: Knot): Vec {
  const before = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const after = Math.hypot(c.x - b.x, c.y - b.y) || 1;
  const slope = (from: number, mid: number, to: number) =>
    ((mid - from) / before) * after + ((to - mid) / after) * before;
  return unit([slope(a.x, b.x, c.x), slope(a.y, b.y, c.y)]);
}

function towards(from: Vec, to: Vec, reach: number): Vec {
  const [x, y] = unit([to[0] - from[0], to[1] - from[1]]);
  return [from[0] + x * reach, from[1] + y * reach];
}

function unit([x, y]: Vec): Vec {
  const length = Math.hypot(x, y) || 1;
  return [x / length, y / length];
}
