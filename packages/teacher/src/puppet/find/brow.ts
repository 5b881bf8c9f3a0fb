import { smoothStep } from '../smooth.ts';
import type { Eye } from './eye.ts';
import type { FacePixels } from './face-pixels.ts';
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
      if (value > 0.1) points.push({ x, y, weight: value * Math.exp(-off * off) });
    }
  }
  const line = fitParabola(points, likely, half * 0.6, [0.3, 1, 4]);
  const alpha = new Float32Array(size * size);
  let from = middle + half;
  let to = middle - half;
  for (let x = Math.max(Math.ceil(middle - reach), 0); x <= Math.min(middle + reach, size - 1); x++) {
    const row = rowAt(line, x);
    let sum = 0;
    for (let y = Math.max(Math.ceil(row - 5), 0); y <= Math.min(row + 5, size - 1); y++) {
      const pixel = y * size + x;
      const near = 1 - smoothStep(2.5, 5, Math.abs(y - row));
      const side = 1 - smoothStep(reach - 3, reach, Math.abs(x - middle));
      // What is a little darker than what is around it goes with the stroke: its soft edge.
      alpha[pixel] =
        smoothStep(0.01, 0.07, across[pixel]!) * smoothStep(0.05, 0.4, strongest(strength, size, x, y)) * near * side;
      sum += alpha[pixel]!;
    }
    if (sum > 0.6) {
      from = Math.min(from, x);
      to = Math.max(to, x);
    }
  }
  return to > from + 4
    ? { left: from, right: to, line, alpha }
    : { left: middle - half, right: middle + half, line, alpha };
}

function strongest(values: Float32Array, size: number, x: number, y: number): number {
  let most = 0;
  for (let v = Math.max(y - 1, 0); v <= Math.min(y + 1, size - 1); v++) {
    for (let u = Math.max(x - 1, 0); u <= Math.min(x + 1, size - 1); u++) most = Math.max(most, values[v * size + u]!);
  }
  return most;
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
