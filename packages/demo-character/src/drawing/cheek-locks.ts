import type { Sheet } from '../pen/sheet.ts';
import { SIDES } from '../pen/spline.ts';
import { HAIR } from './palette.ts';

const LOCK =
  '291 112*, 297 124, 301.6 142, 303 160, 304 180, 309 198, 302 206*, 299.4 197, 297.6 184, 297 168, 298.6 152, 297.4 138, 292.8 124';
/** Where each lock is dark and where it shines: the light comes from the left of the picture. */
const SHADE = ['303 138, 305.4 158, 305.6 180, 309 200', '299 128, 301.4 150, 302 176, 305 198'];
const SHINE = ['298.6 142, 300.6 160, 300 180, 302.4 198', '298.4 142, 299.8 160, 299 180, 301.4 198'];

/** A lock before each cheek. */
export function cheekLocks(sheet: Sheet): string {
  const colour = sheet.linear(0, 112, 0, 206, [
    [0, HAIR.middle],
    [0.4, '#8db2f8'],
    [0.75, '#8fd0f2'],
    [1, HAIR.tip],
  ]);
  return SIDES.map((side, i) =>
    sheet.part(side(LOCK), colour, HAIR.line, 1.05, [
      sheet.ink(side(SHADE[i]!), HAIR.shade, 4.4),
      sheet.ink(side(SHINE[i]!), '#d5f2fb', 1.3),
    ]),
  ).join('\n');
}
