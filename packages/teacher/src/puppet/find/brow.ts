import { smoothStep } from '../smooth.ts';
import type { Eye } from './eye.ts';
import { type Colour, colourAt, difference, type FacePixels, lightness, medianColour } from './face-pixels.ts';
import { fitParabola, type Parabola, rowAt } from './parabola.ts';

/** A brow, in pixels of the face crop. */
export interface Brow {
  readonly left: number;
  readonly right: number;
  /** Middle of the stroke, row by column. */
  readonly line: Parabola;
  /** How much a pixel is brow, 0..1, `[size, size]`. */
  readonly alpha: Float32Array;
}

/** Brows are thinner than this, pixels. */
const THICKEST = 9;

/**
 * Looks for a brow over an eye: a thin dark stroke that runs across, on skin or on hair. Strands of hair run down, so
 * they are as dark beside as above.
 *
 * @param top first row where it may be
 */
export function findBrow(face: FacePixels, eye: Eye, top: number): Brow {
  const { size, light } = face;
  const across = darkStrokes(light, size, size);
  const down = darkStrokes(light, size, 1);
  const middle = (eye.left + eye.right) / 2;
  const half = (eye.right - eye.left) / 2;
  const bottom = (x: number): number => Math.min(rowAt(eye.upper, x), rowAt(eye.upper, middle) + 2) - eye.lash - 2.5;
  const eyeTop = rowAt(eye.upper, middle);
  const likelyRow = Math.max(eyeTop - half * 1.05, top + 3);
  const likely = { centre: middle, a: likelyRow, b: 0, c: 0.12 / half };
  const strength = new Float32Array(size * size);
  const points: { x: number; y: number; weight: number }[] = [];
  const reach = half * 1.2;
  for (let x = Math.max(Math.ceil(middle - reach), 0); x <= Math.min(middle + reach, size - 1); x++) {
    for (let y = Math.max(top, 0); y < bottom(x); y++) {
      const pixel = y * size + x;
      const value = smoothStep(0.03, 0.16, across[pixel]! - 0.8 * down[pixel]!);
      strength[pixel] = value;
      const off = (y - likelyRow) / (half * 0.7);
      // Brows are darker than glasses and creases.
      const dark = Math.max(lightness(face.skin) - light[pixel]!, 0);
      if (value > 0.1) points.push({ x, y, weight: 4 * dark * dark * value * Math.exp(-off * off) });
    }
  }
  const line = fitParabola(points, likely, half * 0.6, [0.3, 1, 4]);
  const colour =
    medianColour(face.rgb, size, (x, y) => strength[y * size + x]! > 0.5 && Math.abs(y - rowAt(line, x)) < 2) ??
    face.skin;
  const alone = across.map((value, pixel) => value * smoothStep(-0.06, 0.04, value - 0.6 * down[pixel]!));
  const alpha = growStroke(
    alone,
    strength,
    size,
    (x) => Math.abs(x - middle) < half * 0.85,
    (x, y) => {
      const near = 1 - smoothStep(3, 5.5, Math.abs(y - rowAt(line, x)));
      const foreign = offLine(colourAt(face.rgb, y * size + x), face.skin, colour);
      return (
        near *
        (1 - smoothStep(0.08, 0.14, foreign)) *
        (1 - smoothStep(reach, reach + 4, Math.abs(x - middle))) *
        (1 - smoothStep(-1, 1, y - bottom(x)))
      );
    },
  );
  let from = middle + half;
  let to = middle - half;
  for (let x = 0; x < size; x++) {
    let sum = 0;
    for (let y = 0; y < size; y++) sum += alpha[y * size + x]!;
    if (sum > 0.6) {
      from = Math.min(from, x);
      to = Math.max(to, x);
    }
  }
  return to > from + 4
    ? { left: from, right: to, line, alpha }
    : { left: middle - half, right: middle + half, line, alpha };
}

/** How far a colour is from all mixtures of two others: of a stroke's soft edge, or of something else. */
function offLine(colour: Colour, from: Colour, to: Colour): number {
  const along = to.map((value, c) => value - from[c]!);
  const length = along.reduce((sum, value) => sum + value * value, 1e-6);
  const share = along.reduce((sum, value, c) => sum + value * (colour[c]! - from[c]!), 0) / length;
  const near = from.map((value, c) => value + along[c]! * Math.max(0, Math.min(share, 1.4)));
  return difference(colour, near as unknown as Colour);
}

/** From where a stroke surely is to all that hangs together with it, down to its soft edge. */
function growStroke(
  across: Float32Array,
  strength: Float32Array,
  size: number,
  isSeed: (x: number) => boolean,
  allowed: (x: number, y: number) => number,
): Float32Array {
  const alpha = new Float32Array(size * size);
  const queue: number[] = [];
  const visit = (pixel: number): void => {
    if (alpha[pixel] !== 0 || across[pixel]! < 0.012) return;
    const limit = allowed(pixel % size, Math.floor(pixel / size));
    if (limit === 0) return;
    alpha[pixel] = limit * smoothStep(0.005, 0.05, across[pixel]!);
    if (across[pixel]! > 0.025) queue.push(pixel);
  };
  strength.forEach((value, pixel) => {
    if (value > 0.4 && isSeed(pixel % size) && allowed(pixel % size, Math.floor(pixel / size)) > 0.5) visit(pixel);
  });
  for (let pixel = queue.pop(); pixel !== undefined; pixel = queue.pop()) {
    for (const next of [pixel - 1, pixel + 1, pixel - size, pixel + size])
      if (next >= 0 && next < size * size) visit(next);
  }
  return alpha;
}

/** How much darker a pixel is than what lies to both sides of it: `closing - light`, along a stride. */
function darkStrokes(light: Float32Array, size: number, stride: number): Float32Array {
  const reach = THICKEST >> 1;
  const run = (values: Float32Array, pick: (a: number, b: number) => number): Float32Array =>
    values.map((value, pixel) => {
      const place = stride === 1 ? pixel % size : Math.floor(pixel / size);
      let result = value;
      for (let d = -reach; d <= reach; d++) {
        if (place + d >= 0 && place + d < size) result = pick(result, values[pixel + d * stride]!);
      }
      return result;
    });
  const closed = run(run(light, Math.max), Math.min);
  return closed.map((value, pixel) => value - light[pixel]!);
}
