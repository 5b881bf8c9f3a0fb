import type { Sheet } from '../pen/sheet.ts';
import { round } from '../pen/spline.ts';
import { HAIR } from './palette.ts';

/** Left and right ends of the light on each strand of the crown. */
const TOUCHES = [
  [193, 207],
  [212.6, 226],
  [229.6, 241.4],
  [245, 256.4],
  [260, 273],
  [277.4, 284],
  [288, 298.6],
  [304, 319],
] as const;

/** A ring of light around the crown, one touch of the brush a strand. */
export function gloss(sheet: Sheet): string[] {
  const shine = sheet.linear(0, 80, 0, 124, [
    [0, HAIR.gloss, 0.95],
    [1, HAIR.gloss, 0.6],
  ]);
  const touches = TOUCHES.map(([left, right]) => {
    const at = (across: number, below: number) => {
      const x = left + (right - left) * across;
      return `${round(x)} ${round(87 + 28 * ((x - 256) / 64) ** 2 + below)}`;
    };
    const top = [`${at(0, 1)}*`, at(0.25, -4), at(0.62, -5.4), `${at(1, -1)}*`];
    const bottom = [at(0.96, 4), at(0.82, 7.4), `${at(0.62, 14)}*`, at(0.52, 7.4), at(0.3, 6.4), `${at(0.14, 10.4)}*`];
    return sheet.fill([...top, ...bottom].join(', '), shine);
  });
  return [sheet.soft(0.3, touches)];
}

/** The face shines a little through the ends of the fringe. */
export function shineThrough(sheet: Sheet): string {
  return sheet.fill(
    '223 104*, 290 104*, 290 134*, 223 134*',
    sheet.linear(0, 108, 0, 132, [
      [0, '#ffc9c4', 0],
      [1, '#ffd0c8', 0.42],
    ]),
  );
}

/** Light along the left edge, and what the long strands throw back on the right one. */
export function rim(sheet: Sheet): string[] {
  return [
    sheet.ink('218 77, 203 94, 194 116, 190 138, 192 160, 195.4 180', '#d9f3ff', 2.4),
    sheet.ink('303 82, 317 104, 322.6 130, 321 156, 317 174', '#f3a9dd', 2),
  ];
}
