import { LANDMARK_COUNT } from '../landmarks/face-metrics.ts';
import { BLENDSHAPE_COUNT } from './blendshape-names.ts';
import type { FaceSample } from './face-sample.ts';

/**
 * Whether a sample's numbers can be used: false where a channel or angle is not finite, as a tracker may send for a
 * moment; such a sample counts as no face.
 *
 * @throws RangeError where an array has another length or the time is not a number: those are mistakes in a program
 */
export function checkSample(sample: FaceSample): boolean {
  const { blendshapes, rotation, landmarks, gaze, position } = sample;
  checkTime(sample.timeMs, 'face sample');
  if (blendshapes.length !== BLENDSHAPE_COUNT) {
    throw new RangeError(
      `face sample: expected ${BLENDSHAPE_COUNT} blendshapes in the order of BLENDSHAPE_NAMES, got ${blendshapes.length}`,
    );
  }
  if (landmarks !== undefined && landmarks.points.length !== 3 * LANDMARK_COUNT) {
    throw new RangeError(
      `face sample: expected ${LANDMARK_COUNT} landmarks of 3 numbers, got ${landmarks.points.length} numbers`,
    );
  }
  if (landmarks !== undefined && !(landmarks.aspect > 0 && landmarks.aspect < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`face sample: expected the landmarks' aspect above 0, got ${landmarks.aspect}`);
  }
  // A sum is finite only where all of its finite-sized parts are; channels near the end of doubles do not occur.
  let sum = rotation.pitch + rotation.yaw + rotation.roll;
  if (gaze !== undefined) sum += gaze.pitch + gaze.yaw;
  if (position !== undefined) sum += position.x + position.y + position.z;
  for (let i = 0; i < BLENDSHAPE_COUNT; i++) sum += blendshapes[i]!;
  return Number.isFinite(sum);
}

/** @throws RangeError where a time is not a finite number */
export function checkTime(timeMs: number, where: string): void {
  if (!Number.isFinite(timeMs)) throw new RangeError(`${where}: expected a time in milliseconds, got ${timeMs}`);
}
