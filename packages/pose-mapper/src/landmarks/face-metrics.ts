import type { FaceLandmarks } from '../sample/face-sample.ts';

/** How many points MediaPipe's face mesh has, the irises included. */
export const LANDMARK_COUNT = 478;

/** Sizes in a face, in units of the distance between the outer corners of the eyes; so they do not depend on where the face is. */
export interface FaceMetrics {
  /** Distance of the lids. */
  eyeLeft: number;
  eyeRight: number;
  /** From the wing of the nose to the inner corner of the eye. */
  noseLeft: number;
  noseRight: number;
  /** Between the middles of the cheeks. */
  cheeks: number;
}

// Places in MediaPipe's mesh; left and right are the person's own.
const OUTER_CORNERS = [263, 33] as const;
const LIDS_LEFT = [385, 380, 386, 374, 387, 373] as const;
const LIDS_RIGHT = [158, 153, 159, 145, 160, 144] as const;
const NOSE_LEFT = [358, 362] as const;
const NOSE_RIGHT = [129, 133] as const;
const CHEEKS = [425, 205] as const;

/** Measures a face. `null` where its points are no face (too small, torn, or not numbers). Fills `out`. */
export function measureFace(landmarks: FaceLandmarks, out: FaceMetrics): FaceMetrics | null {
  const scale = distance(landmarks, OUTER_CORNERS, 0);
  if (!(scale > 1e-4 && scale < 2)) return null;
  out.eyeLeft = lids(landmarks, LIDS_LEFT) / scale;
  out.eyeRight = lids(landmarks, LIDS_RIGHT) / scale;
  out.noseLeft = distance(landmarks, NOSE_LEFT, 0) / scale;
  out.noseRight = distance(landmarks, NOSE_RIGHT, 0) / scale;
  out.cheeks = distance(landmarks, CHEEKS, 0) / scale;
  return METRIC_NAMES.every((name) => out[name] < 3) ? out : null;
}

/** The names of the metrics, to go over them. */
export const METRIC_NAMES: readonly (keyof FaceMetrics)[] = ['eyeLeft', 'eyeRight', 'noseLeft', 'noseRight', 'cheeks'];

/** No part of a face at rest is smaller, whoever's it is. */
export const SMALLEST_METRIC = 0.05;

function lids(landmarks: FaceLandmarks, pairs: readonly number[]): number {
  return (distance(landmarks, pairs, 0) + distance(landmarks, pairs, 2) + distance(landmarks, pairs, 4)) / 3;
}

/** Distance in space of the pair of points that begins at `at`, in widths of the picture. */
function distance({ points, aspect }: FaceLandmarks, pairs: readonly number[], at: number): number {
  const a = pairs[at]! * 3;
  const b = pairs[at + 1]! * 3;
  const y = (points[a + 1]! - points[b + 1]!) / aspect;
  return Math.hypot(points[a]! - points[b]!, y, points[a + 2]! - points[b + 2]!);
}
