import { POSE_PARAMETERS } from '@tha4/core';

/** Parameters whose weights share a sum of 1 on a side of the face, as in the poses that students are trained on. */
const SHARING: readonly (readonly number[])[] = (['eyebrow', 'eye', 'mouth'] as const).flatMap((group) =>
  (['left', 'right'] as const).map((side) =>
    POSE_PARAMETERS.filter((p) => p.group === group && (p.side === null || p.side === side)).map(({ index }) => index),
  ),
);

/** Weakens the shapes of brows, eyes and mouth, in place, where together they are more than a student knows. */
export function limitShapes(pose: Float32Array): Float32Array {
  for (const places of SHARING) {
    const sum = places.reduce((total, place) => total + pose[place]!, 0);
    if (sum > 1) for (const place of places) pose[place]! /= sum;
  }
  return pose;
}
