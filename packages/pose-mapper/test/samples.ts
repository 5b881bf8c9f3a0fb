import { LANDMARK_COUNT } from '../src/landmarks/face-metrics.ts';
import { BLENDSHAPE, BLENDSHAPE_COUNT, BLENDSHAPE_NAMES, type BlendshapeName } from '../src/sample/blendshape-names.ts';
import type { FaceLandmarks, FaceSample } from '../src/sample/face-sample.ts';

/** A made-up sample: some channels, a straight head, and whatever else is given. For tests. */
export function sampleOf(
  timeMs: number,
  channels: Partial<Record<BlendshapeName, number>> = {},
  rest: Partial<FaceSample> = {},
): FaceSample {
  const blendshapes = new Float32Array(BLENDSHAPE_COUNT);
  for (const [name, value] of Object.entries(channels)) blendshapes[BLENDSHAPE[name as BlendshapeName]] = value;
  return { timeMs, blendshapes, rotation: { pitch: 0, yaw: 0, roll: 0 }, ...rest };
}

/** The sample that the same face has in a mirror. For tests. */
export function mirrorSample(sample: FaceSample): FaceSample {
  const other = (name: string) =>
    name.replace(/Left$|Right$/, (side) => (side === 'Left' ? 'Right' : 'Left')) as BlendshapeName;
  const { pitch, yaw, roll } = sample.rotation;
  return {
    ...sample,
    blendshapes: Float32Array.from(BLENDSHAPE_NAMES, (name) => sample.blendshapes[BLENDSHAPE[other(name)]]!),
    rotation: { pitch, yaw: -yaw, roll: -roll },
    ...(sample.gaze && { gaze: { pitch: sample.gaze.pitch, yaw: -sample.gaze.yaw } }),
    ...(sample.position && { position: { ...sample.position, x: -sample.position.x } }),
  };
}

/** Correlation of two rows of numbers. For tests. */
export function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  const product = (x: readonly number[], mx: number, y: readonly number[], my: number) =>
    x.reduce((sum, value, i) => sum + (value - mx) * (y[i]! - my), 0);
  return product(a, meanA, b, meanB) / Math.sqrt(product(a, meanA, a, meanA) * product(b, meanB, b, meanB));
}

/** A made-up face's landmarks: only the points that are measured are placed; sizes are multiples of a calm face's. For tests. */
export function faceLandmarks(
  sizes: { eyeLeft?: number; eyeRight?: number; nose?: number; cheeks?: number } = {},
  { scale = 1, x = 0.5, y = 0.4, roll = 0, aspect = 4 / 3 } = {},
): FaceLandmarks {
  const points = new Float32Array(3 * LANDMARK_COUNT);
  const place = (index: number, [right, down, depth]: readonly [number, number, number]) => {
    const [cos, sin] = [Math.cos(roll), Math.sin(roll)];
    points[3 * index] = x + scale * (right * cos - down * sin);
    points[3 * index + 1] = y + scale * aspect * (right * sin + down * cos);
    points[3 * index + 2] = scale * depth;
  };
  for (const [side, lids, outer, inner, wing, cheek, open] of [
    [1, [385, 380, 386, 374, 387, 373], 263, 362, 358, 425, sizes.eyeLeft ?? 1],
    [-1, [158, 153, 159, 145, 160, 144], 33, 133, 129, 205, sizes.eyeRight ?? 1],
  ] as const) {
    place(outer, [0.06 * side, 0, 0.01]);
    place(inner, [0.02 * side, 0, 0]);
    place(wing, [0.02 * side, 0.04 * (sizes.nose ?? 1), 0]);
    place(cheek, [0.05 * side * (sizes.cheeks ?? 1), 0.05, 0]);
    for (const [i, index] of lids.entries()) {
      const up = i % 2 === 0 ? -1 : 1;
      place(index, [(0.03 + 0.005 * Math.floor(i / 2)) * side, 0.006 * open * up, 0]);
    }
  }
  return { points, aspect };
}
