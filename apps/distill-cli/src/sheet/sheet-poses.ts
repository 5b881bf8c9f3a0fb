import { neutralPose, POSE_PARAMETERS, type PoseCategory } from '@tha4/core';

/** A pose of a contact sheet. */
export interface SheetPose {
  readonly label: string;
  readonly pose: Float32Array;
  /** `face` is shown from near, `body` whole. */
  readonly view: PoseCategory;
}

/** The resting pose and every parameter at its extremes: first the face's, from near, then head and body. */
export function sheetPoses(): SheetPose[] {
  return (['face', 'body'] as const).flatMap((view) => [
    { label: 'rest', pose: neutralPose(), view },
    ...POSE_PARAMETERS.filter(({ category }) => category === view).flatMap(({ index, name, min }) =>
      (min < 0 ? [1, -1] : [1]).map((value) => {
        const pose = neutralPose();
        pose[index] = value;
        return { label: min < 0 ? `${name} ${value > 0 ? '+' : '-'}1` : name, pose, view };
      }),
    ),
  ]);
}
