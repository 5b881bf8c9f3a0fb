import { BLENDSHAPE, BLENDSHAPE_COUNT, BLENDSHAPE_NAMES, type BlendshapeName } from '../src/sample/blendshape-names.ts';
import type { FaceSample } from '../src/sample/face-sample.ts';

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
