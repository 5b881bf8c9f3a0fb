import { neutralPose, randomPose } from '@tha4/core';
import { seededRandom } from '@tha4/test-utils/generator';

/** Poses by the number of a round, the same in each run. */
export type PoseOfRound = (round: number) => readonly number[];

/** Frames from one random pose to the next in a motion: 0.4 s at 30 frames a second, which is brisk. */
const STEPS = 12;

/** Poses of the rounds: plausible ones, another in each round. */
export function roundPoses(): PoseOfRound {
  const next = seededRandom(4);
  const poses: number[][] = [[...neutralPose()]];
  return (round) => {
    while (poses.length <= round) poses.push([...randomPose(() => next() / 2 ** 32)]);
    return poses[round]!;
  };
}

/** The same poses with what lies between them, as on a page: from each to the next in some steps, slow at both ends. */
export function motionPoses(): PoseOfRound {
  const key = roundPoses();
  return (round) => {
    const [from, to] = [key(Math.floor(round / STEPS)), key(Math.floor(round / STEPS) + 1)];
    const way = (round % STEPS) / STEPS;
    const eased = way * way * (3 - 2 * way);
    return from.map((value, i) => value + eased * (to[i]! - value));
  };
}
