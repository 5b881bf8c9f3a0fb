import type { Sheet } from '../pen/sheet.ts';
import { bothWays } from '../pen/spline.ts';
import { MOUTH, SKIN } from './palette.ts';

const HALF = '262.5 189.8, 271.5 186, 283.2 178.6, 293.2 167.6, 298.6 153, 299.6 130, 289 104';
/** Outline of the face, from the chin round. */
export const FACE: string = `256 190.6, ${bothWays(HALF, '256 96')}`;

/** Skin of the head, without eyes, brows and mouth; `fringe` casts its shadow on it. */
export function face(sheet: Sheet, fringe: readonly string[]): string {
  const skin = sheet.linear(0, 120, 0, 192, [
    [0, SKIN.base],
    [0.55, SKIN.light],
    [1, SKIN.base],
  ]);
  const cheek = (x: number) =>
    sheet.ellipse(
      x,
      166.6,
      13,
      7,
      sheet.radial(x, 166.6, 13, 7, [
        [0, '#ff8c88', 0.5],
        [0.5, '#ff9c94', 0.28],
        [1, '#ffa79c', 0],
      ]),
    );
  const jawShade =
    '304 130, 304 196, 256 196, 208 196, 208 130, 214.5 152, 219.9 166, 229.8 176.6, 241 184, 250 187.8, 256 188.6, 262 187.8, 271 184, 282.2 176.6, 292.1 166, 297.5 152';
  return sheet.part(FACE, skin, SKIN.line, 1.1, [
    sheet.soft(1.6, [sheet.fill(jawShade, SKIN.shade, 0.75)]),
    cheek(229),
    cheek(283),
    ...fringe,
  ]);
}

/** Nose and mouth. */
export function noseAndMouth(sheet: Sheet): string {
  const opening =
    '249.2 177.2*, 252.6 177.9, 256 177.9, 259.4 177.9, 262.8 177.2*, 262 180.8, 259.4 183.6, 256 184.5, 252.6 183.6, 250 180.8';
  return [
    sheet.ellipse(256.8, 169.6, 2.6, 1.5, SKIN.shade, 0.7),
    sheet.ink('255.2 170.1, 256.3 170.8, 257.4 170.2', SKIN.line, 1.1),
    sheet.ellipse(256, 166.8, 0.9, 1.5, '#fffdfb', 0.9),
    sheet.fill(opening, MOUTH.inside),
    sheet.within(opening, [sheet.ellipse(256, 184.6, 5.4, 3.6, MOUTH.tongue)]),
    sheet.ink('247.6 176, 249.2 177.2, 252.6 177.9, 256 177.8, 259.4 177.9, 262.8 177.2, 264.4 176', MOUTH.line, 1.2),
    sheet.ink('249.2 177.4, 250 180.8, 252.6 183.6, 256 184.5, 259.4 183.6, 262 180.8, 262.8 177.4', MOUTH.line, 0.8),
    sheet.ink('253.8 187, 256 187.4, 258.2 187', SKIN.deep, 0.8),
  ].join('\n');
}
