import type { Lab, LabPlanes } from './oklab.ts';

/** Side of a cell of the histogram of colours, in OKLab. */
const CELL = 0.025;
/** How many colours of people's skin are tried, and how many of other hues. */
const USUAL = 5;
const OTHERS = 3;

/**
 * Colours that may be the skin's: the common light ones. Those like people's skin come first, others after them, for in
 * pictures skin may be green.
 */
export function skinColours({ l, a, b, alpha }: LabPlanes): Lab[] {
  const cells = new Map<string, { count: number; sum: [number, number, number] }>();
  for (let i = 0; i < l.length; i++) {
    if (alpha[i]! < 0.9 || l[i]! < 0.35) continue;
    const key = `${Math.round(l[i]! / (2 * CELL))},${Math.round(a[i]! / CELL)},${Math.round(b[i]! / CELL)}`;
    const cell = cells.get(key) ?? { count: 0, sum: [0, 0, 0] };
    if (cell.count === 0) cells.set(key, cell);
    cell.count++;
    cell.sum[0] += l[i]!;
    cell.sum[1] += a[i]!;
    cell.sum[2] += b[i]!;
  }
  const common = [...cells.values()]
    .sort((p, q) => q.count - p.count)
    .map(({ count, sum }): Lab => [sum[0] / count, sum[1] / count, sum[2] / count]);
  const usual = common.filter(isLikeSkin).slice(0, USUAL);
  return [...usual, ...common.filter((colour) => !isLikeSkin(colour)).slice(0, OTHERS)];
}

/** Whether a colour is one that people's skin has, in light or shade. */
export function isLikeSkin([l, a, b]: Lab): boolean {
  return l > 0.45 && a > 0 && a < 0.12 && b > 0 && b < 0.14 && b < 3 * a + 0.03;
}
