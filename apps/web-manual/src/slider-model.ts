import { POSE_PARAMETERS, type PoseGroup, type PoseParameter } from '@tha4/core';

/** One line of the panel: a parameter without a side, or a left and a right one that can move together. */
export interface SliderRow {
  readonly base: string;
  readonly label: string;
  /** One parameter, or left before right. */
  readonly parameters: readonly PoseParameter[];
}

/** Lines that belong together. */
export interface SliderGroup {
  readonly group: PoseGroup;
  readonly title: string;
  readonly rows: readonly SliderRow[];
}

const TITLES: readonly (readonly [PoseGroup, string])[] = [
  ['eyebrow', 'Brows'],
  ['eye', 'Eyes'],
  ['iris', 'Iris'],
  ['mouth', 'Mouth'],
  ['head', 'Head'],
  ['body', 'Body'],
  ['breathing', 'Breath'],
];

/** All 45 parameters in the order in which a person looks at a face, then down. */
export const SLIDER_GROUPS: readonly SliderGroup[] = TITLES.map(([group, title]) => {
  const inGroup = POSE_PARAMETERS.filter((parameter) => parameter.group === group);
  const bases = [...new Set(inGroup.map(({ base }) => base))];
  const rows = bases.map((base) => {
    const parameters = inGroup.filter((parameter) => parameter.base === base);
    return { base, label: parameters[0]!.label, parameters };
  });
  return { group, title, rows };
});

/** How many of a group's parameters are away from zero. */
export function countMoved(group: SliderGroup, pose: ArrayLike<number>): number {
  return group.rows.flatMap(({ parameters }) => parameters).filter(({ index }) => pose[index] !== 0).length;
}
