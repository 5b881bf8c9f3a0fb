import { SLIDER_GROUPS, type SliderRow } from './slider-model.ts';

/** The pose with a row's values set: one for each parameter of the row, or one for all of them. */
export function withRow(pose: Float32Array, row: SliderRow, ...values: readonly number[]): Float32Array {
  const next = pose.slice();
  row.parameters.forEach(({ index, min, max }, i) => {
    next[index] = Math.min(max, Math.max(min, values[i] ?? values[0]!));
  });
  return next;
}

/** The pose with one side of a row moved; the other follows when they are linked. */
export function withSide(
  pose: Float32Array,
  row: SliderRow,
  side: number,
  value: number,
  linked: boolean,
): Float32Array {
  if (linked) return withRow(pose, row, value);
  return withRow(pose, row, ...row.parameters.map(({ index }, i) => (i === side ? value : pose[index]!)));
}

/** Whether left and right differ, so that one slider cannot stand for both. */
export function isUneven(pose: ArrayLike<number>, row: SliderRow): boolean {
  return row.parameters.some(({ index }) => pose[index] !== pose[row.parameters[0]!.index]);
}

/** The pose with every right side as its left one. */
export function evened(pose: Float32Array): Float32Array {
  const rows = SLIDER_GROUPS.flatMap((group) => group.rows).filter(({ parameters }) => parameters.length > 1);
  return rows.reduce((next, row) => withRow(next, row, next[row.parameters[0]!.index]!), pose);
}
