import type { Sheet } from '../pen/sheet.ts';
import { SIDES } from '../pen/spline.ts';
import { AQUA, CLOTH, CORAL } from './palette.ts';

const FLAP =
  '267 203*, 280 209, 298 218, 308 226*, 305 242, 302 252*, 286 258, 268 266, 256 274*, 257 262, 262 240, 266 220';

/** The sailor collar over the jacket. */
export function collar(sheet: Sheet): string {
  return SIDES.map((side) =>
    sheet.part(side(FLAP), CLOTH.base, CLOTH.line, 1.1, [
      sheet.fill(side('266 202*, 272 225, 268 245, 256 276*, 250 250'), CLOTH.shade, 0.9),
      sheet.fill(side('262 200*, 300 212*, 304 226, 290 220, 272 212'), CLOTH.deep, 0.7),
      sheet.ink(side('304 225, 300 248, 284 253.6, 267 261, 256 269'), AQUA.base, 2.2, 'none'),
      sheet.ink(side('299.6 223, 296 244.6, 282 249.4, 265.6 256, 256 263'), AQUA.shade, 1.2, 'none'),
    ]),
  ).join('\n');
}

/** The coral bow on the chest. */
export function bow(sheet: Sheet): string {
  const colour = sheet.linear(0, 256, 0, 292, [
    [0, CORAL.light],
    [0.5, CORAL.base],
    [1, CORAL.shade],
  ]);
  const tailColour = sheet.linear(0, 275, 0, 325, [
    [0, CORAL.shade],
    [0.4, CORAL.base],
    [1, CORAL.light],
  ]);
  const tail = '256 274*, 262 286, 268 304, 276 320*, 268 319, 262 326*, 257 306, 253 288';
  const loop = '256 272*, 266 262, 280 256, 291 258, 295 270, 292 283, 282 288, 268 282';
  const parts = SIDES.map((side) =>
    sheet.part(side(tail), tailColour, CORAL.line, 1.05, [
      sheet.ink(side('257 276, 262 296, 268 318'), CORAL.shade, 2),
    ]),
  );
  const loops = SIDES.map((side) =>
    sheet.part(side(loop), colour, CORAL.line, 1.1, [
      sheet.fill(side('256 270*, 270 270, 284 277, 294 276*, 293 292, 270 290'), CORAL.shade, 0.75),
      sheet.ink(side('258 272, 268 268, 280 267'), CORAL.deep, 1.3),
      sheet.ink(side('259 275, 268 277, 276 281'), CORAL.deep, 1.1),
      sheet.ink(side('270 262.4, 280 259, 288 261'), '#ffd0c4', 1.8),
    ]),
  );
  const knot = sheet.part(
    '249.6 266, 256 264.6, 262.4 266, 263.6 273, 262 280, 256 281.6, 250 280, 248.4 273',
    colour,
    CORAL.line,
    1.1,
    [
      sheet.ellipse(254, 269, 3.2, 1.8, '#ffd0c4', 0.8),
      sheet.fill('249 276, 256 279, 264 275, 262 284, 250 284', CORAL.shade, 0.8),
    ],
  );
  return [...parts, ...loops, knot].join('\n');
}
