import { rowAt } from '../find/parabola.ts';
import { clamp, smoothStep } from '../smooth.ts';
import { type Canvas, layOver, sample, samplePlane } from './canvas.ts';
import type { EyeLook } from './eye-look.ts';
import { type EyePose, eyeActivity, irisMotion } from './eye-pose.ts';
import { type Lids, lidsAt, shut } from './lids.ts';

/**
 * Paints an eye in a pose: skin where it was, white and iris inside the lids, then the lashes where the lids are now,
 * and one clean stroke where they meet.
 *
 * @param rest the resting face
 * @param canvas the face that is painted
 */
export function paintEye(look: EyeLook, rest: Canvas, pose: EyePose, canvas: Canvas): void {
  const activity = eyeActivity(pose);
  if (activity === 0) return;
  const { eye, middle, half, height, zone, lid, upperLash, lowerLash } = look;
  const { size } = canvas;
  const lids: Lids = { upperRest: 0, lowerRest: 0, upper: 0, lower: 0 };
  const out = new Float64Array(4);
  const other = new Float64Array(4);
  const closed = shut(pose);
  const reach = half + 4;
  const firstRow = Math.max(Math.floor(rowAt(eye.upper, middle) - height * 0.8 - 6), 0);
  const lastRow = Math.min(Math.ceil(rowAt(eye.lower, middle) + 6), size - 1);
  for (let x = Math.max(Math.ceil(middle - reach), 0); x <= Math.min(middle + reach, size - 1); x++) {
    lidsAt(look, pose, x, lids);
    const across = 1 - smoothStep(half + 1.5, half + 4, Math.abs(x - middle));
    const inCorners = clamp(half - Math.abs(x - middle) + 0.5, 0, 1);
    for (let y = firstRow; y <= lastRow; y++) {
      const pixel = y * size + x;
      const inLids = clamp(y - lids.upper - eye.lash * 0.3 + 0.5, 0, 1) * clamp(lids.lower - y + 0.5, 0, 1) * inCorners;
      for (let c = 0; c < 4; c++) {
        const was = rest.data[pixel * 4 + c]!;
        out[c] = was + (lid.data[pixel * 4 + c]! - was) * zone[pixel]!;
      }
      if (inLids > 0) {
        eyeball(look, rest, pose, lids, x, y, other);
        for (let c = 0; c < 4; c++) out[c] = out[c]! + (other[c]! - out[c]!) * inLids;
      }
      layLash(rest, lowerLash, x, y, y - lids.lower + lids.lowerRest, 1 - closed * closed, out, other);
      layLash(rest, upperLash, x, y, y - lids.upper + lids.upperRest, 1, out, other);
      if (closed > 0) {
        const u = clamp(Math.abs(x - middle) / (half + 1), 0, 1);
        const thickness = (0.35 + 0.85 * (1 - u * u * u)) * (0.7 + 0.5 * eye.lash);
        const cover =
          clamp(thickness / 2 + 0.5 - Math.abs(y - lids.upper), 0, 1) *
          (1 - smoothStep(half - 0.5, half + 1.5, Math.abs(x - middle)));
        layOver(out, look.lashColour, cover * closed * closed);
      }
      const shown = activity * across;
      for (let c = 0; c < 4; c++) {
        const value = canvas.data[pixel * 4 + c]!;
        canvas.data[pixel * 4 + c] = value + (out[c]! - rest.data[pixel * 4 + c]!) * shown;
      }
    }
  }
}

/** Lays the resting lash of row `row` over a pixel. */
function layLash(
  rest: Canvas,
  lash: Float32Array,
  x: number,
  y: number,
  row: number,
  weight: number,
  out: Float64Array,
  other: Float64Array,
): void {
  if (Math.abs(row - y) > rest.size) return;
  const alpha = samplePlane(lash, rest.size, x, row) * weight;
  if (alpha === 0) return;
  sample(rest, x, row, other);
  for (let c = 0; c < 4; c++) out[c] = out[c]! + (other[c]! - out[c]!) * alpha;
}

/** White and iris at a pixel, as they would be seen without lids. */
function eyeball(
  look: EyeLook,
  rest: Canvas,
  pose: EyePose,
  lids: Lids,
  x: number,
  y: number,
  out: Float64Array,
): void {
  const { eye, white } = look;
  const { dx, dy, scale } = irisMotion(pose);
  const inSight = (row: number, upper: number, lower: number): number =>
    clamp(row, upper + eye.lash + 1, Math.max(lower - 0.7, upper + eye.lash + 1));
  const restRow = inSight(y, lids.upperRest, lids.lowerRest);
  sample(rest, x, restRow, out);
  const moved = smoothStep(0, 0.1, Math.max(Math.abs(dx), Math.abs(dy), 1 - scale));
  if (moved === 0) return;
  const distance = (px: number, py: number): number =>
    Math.hypot((px - eye.irisX) / eye.radiusX, (py - eye.irisY) / eye.radiusY);
  // The white, where the iris was.
  const wasIris = (1 - smoothStep(1.12, 1.38, distance(x, restRow))) * moved;
  const shade = 1 - 0.3 * Math.exp(-Math.max(y - lids.upper - eye.lash, 0) / 2.2);
  for (let c = 0; c < 4; c++) {
    const clean = c < 3 ? white[c]! * shade : 1;
    out[c] = out[c]! + (clean - out[c]!) * wasIris;
  }
  const qx = (x - eye.irisX - dx * eye.radiusX) / scale + eye.irisX;
  const qy = (y - eye.irisY - dy * eye.radiusY) / scale + eye.irisY;
  const cover = clamp((1.12 - distance(qx, qy)) * eye.radiusX * scale + 0.5, 0, 1) * moved;
  if (cover === 0) return;
  const upper = rowAt(eye.upper, qx);
  const iris = new Float64Array(4);
  sample(rest, qx, inSight(qy, upper, Math.max(rowAt(eye.lower, qx), upper + 1.5)), iris);
  for (let c = 0; c < 4; c++) out[c] = out[c]! + (iris[c]! - out[c]!) * cover;
}
