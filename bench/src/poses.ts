import { neutralPose, randomPose } from '@tha4/core';
import { seededRandom } from '@tha4/test-utils/generator';

/** Poses of the rounds: plausible ones, another in each round and the same in each run. */
export function roundPoses(): (round: number) => readonly number[] {
  const next = seededRandom(4);
  const poses: number[][] = [[...neutralPose()]];
  return (round) => {
    while (poses.length <= round) poses.push([...randomPose(() => next() / 2 ** 32)]);
    return poses[round]!;
  };
}
