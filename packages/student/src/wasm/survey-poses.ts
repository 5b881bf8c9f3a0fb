import { POSE_PARAMETERS, POSE_SIZE, type Random, randomPose } from '@tha4/core';
import { MOST_WEIGHT } from '../tiles/usual-pose.ts';

/**
 * The poses of a survey, one after the other: neutral first; then plausible ones, every second with head and body at
 * their limits, every third with an exaggerated face. Seeded: a survey of the same character is the same survey.
 */
export function surveyPoses(): () => Float32Array {
  const random = mulberry32(1);
  let index = 0;
  return () => surveyPose(index++, random);
}

function surveyPose(index: number, random: Random): Float32Array {
  if (index === 0) return new Float32Array(POSE_SIZE);
  const pose = randomPose(random);
  const stretch = index % 3 === 0 ? MOST_WEIGHT : 1;
  for (const { index: at, min, max, category } of POSE_PARAMETERS) {
    if (category === 'face') pose[at] = Math.max(min, Math.min(max, pose[at]! * stretch));
    else if (index % 2 === 0) pose[at] = random() < 0.5 ? min : max;
  }
  return pose;
}

/** A small seeded generator. */
function mulberry32(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
