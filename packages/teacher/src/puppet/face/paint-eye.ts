import { lowerRow } from '../find/eye.ts';
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
  const reach = half + 5;
  const firstRow = Math.max(Math.floor(rowAt(eye.upper, middle) - height * 0.8 - 6), 0);
  const lastRow = Math.min(Math.ceil(eye.bottom + 7), size - 1);
  for (let x = Math.max(Math.ceil(middle - reach), 0); x <= Math.min(middle + reach, size - 1); x++) {
    lidsAt(look, pose, x, lids);
    // A lid that has come down wears a drawn stroke: the picture's own lash would be torn over another curve.
    const drawn = smoothStep(0.03, 0.16, (lids.upper - lids.upperRest) / height);
    const across = 1 - smoothStep(half + 3, half + 5, Math.abs(x - middle));
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
      layLash(rest, lowerLash, x, y - lids.lower + lids.lowerRest, 1 - closed * closed, out, other);
      layLash(rest, upperLash, x, y - lids.upper + lids.upperRest, 1 - drawn, out, other);
      if (pose.raisedLowerLid > 0) {
        const cover = clamp(1 - Math.abs(y - lids.lower), 0, 1) * inCorners * (1 - closed);
        layOver(out, look.lashColour, 0.45 * cover * pose.raisedLowerLid);
      }
      if (drawn > 0) {
        const u = clamp(Math.abs(x - middle) / (half + 1), 0, 1);
        const thickness = (0.35 + 0.85 * (1 - u * u * u)) * (1 + 0.75 * eye.lash) * (1.2 - 0.2 * closed);
        const cover =
          clamp(thickness / 2 + 0.5 - Math.abs(y - lids.upper), 0, 1) *
          (1 - smoothStep(half - 0.5, half + 1.5, Math.abs(x - middle)));
        layOver(out, look.lashColour, cover * drawn);
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
  row: number,
  weight: number,
  out: Float64Array,
  other: Float64Array,
): void {
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
  const { eye, white, iris } = look;
  const { dx, dy, scale } = irisMotion(pose);
  // A wider eye shows the same, enlarged.
  const wider = Math.max((lids.lower - lids.upper) / (lids.lowerRest - lids.upperRest), 1);
  const row = wider > 1 ? lids.upperRest + (y - lids.upper) / wider : y;
  const restRow = inSight(eye, row, lids.upperRest, lids.lowerRest);
  sample(rest, x, restRow, out);
  const moved = smoothStep(0, 0.1, Math.max(Math.abs(dx), Math.abs(dy), 1 - scale));
  if (moved === 0) return;
  // The white, where the iris was.
  const wasIris = samplePlane(iris, rest.size, x, restRow);
  const shade = 1 - 0.3 * Math.exp(-Math.max(y - lids.upper - eye.lash, 0) / 2.2);
  for (let c = 0; c < 4; c++) {
    const clean = c < 3 ? white[c]! * shade : 1;
    MOVED[c] = out[c]! + (clean - out[c]!) * wasIris;
  }
  // Looking down, the iris stays at the upper lid, which hides the rest of it, and is drawn out from there.
  const drawnOut = dy > 0 ? smoothStep(lids.upperRest + eye.lash, eye.irisY + eye.radiusY * 0.3, row) : 1;
  let coverSum = 0;
  IRIS_SUM.fill(0);
  // A small iris is a picture made smaller: several of its pixels make one.
  const taps = scale < 0.75 ? 2 : 1;
  for (let tap = 0; tap < taps * taps; tap++) {
    const ax = taps === 1 ? 0 : (tap & 1) * 0.5 - 0.25;
    const ay = taps === 1 ? 0 : (tap >> 1) * 0.5 - 0.25;
    const qx = (x + ax - eye.irisX - dx * eye.radiusX) / scale + eye.irisX;
    const qy = (row + ay - eye.irisY - dy * drawnOut * eye.radiusY) / scale + eye.irisY;
    const share = irisAt(look, rest, qx, qy, scale) / (taps * taps);
    for (let c = 0; c < 4; c++) IRIS_SUM[c] = IRIS_SUM[c]! + IRIS[c]! * share;
    coverSum += share;
  }
  for (let c = 0; c < 4; c++) {
    const value = MOVED[c]! * (1 - coverSum) + IRIS_SUM[c]!;
    out[c] = out[c]! + (value - out[c]!) * moved;
  }
}

/** Takes the resting iris at a place into `IRIS`. @returns how much of it is there, 0..1 */
function irisAt({ eye, iris }: EyeLook, rest: Canvas, x: number, y: number, scale: number): number {
  const fromIris = Math.hypot((x - eye.irisX) / eye.radiusX, (y - eye.irisY) / eye.radiusY);
  const inReach = clamp(0.5 - (fromIris - 1.25) * eye.radiusX * scale, 0, 1);
  if (inReach === 0) return 0;
  const upper = rowAt(eye.upper, x);
  const row = inSight(eye, y, upper, Math.max(lowerRow(eye, x), upper + 1.5));
  sample(rest, x, row, IRIS);
  // What the lower lid hides is not made up: the iris ends there.
  const aboveEnd = 1 - clamp(y - row, 0, 1);
  return samplePlane(iris, rest.size, x, row) * inReach * aboveEnd;
}

const IRIS = new Float64Array(4);
const IRIS_SUM = new Float64Array(4);
const MOVED = new Float64Array(4);

/** The nearest row that is seen at rest. */
function inSight(eye: EyeLook['eye'], row: number, upper: number, lower: number): number {
  const first = upper + eye.lash + 1;
  const last = Math.max(lower - 0.7, first);
  return clamp(row, first, last);
}
