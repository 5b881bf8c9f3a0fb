import { neutralPose, POSE_PARAMETERS, randomPose } from '@tha4/core';
import { randomOf } from './random.ts';

/** A pose that is never trained on, to measure with. */
export interface HeldOutPose {
  /** E.g. `pose 3`, or the parameter's name. */
  readonly name: string;
  readonly pose: Float32Array;
}

/** One seed for all runs, so that their numbers can be compared; training draws from other streams. */
const HELD_OUT_SEED = 4;

/** Poses drawn like those of the training, from a stream of their own: what the quality of a character is measured on. */
export function heldOutPoses(count: number): HeldOutPose[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `pose ${index + 1}`,
    pose: randomPose(randomOf(HELD_OUT_SEED, 'held-out poses', index)),
  }));
}

/** Each parameter alone at its largest value, both sides at once, all else at rest. */
export function parameterPoses(): HeldOutPose[] {
  const bases = [...new Set(POSE_PARAMETERS.map(({ base }) => base))];
  return bases.map((base) => {
    const pose = neutralPose();
    for (const parameter of POSE_PARAMETERS) if (parameter.base === base) pose[parameter.index] = parameter.max;
    return { name: base, pose };
  });
}
