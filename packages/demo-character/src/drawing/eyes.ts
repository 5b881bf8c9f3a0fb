import type { Sheet } from '../pen/sheet.ts';
import { mirrored } from '../pen/spline.ts';
import { HAIR, IRIS, LASH, SKIN } from './palette.ts';

const WHITE =
  '267.6 157.6*, 269.2 150.6, 274 146, 280.4 144.2, 287 146, 291 152.6, 290.2 160, 286.4 165, 279.6 166.8, 272 164.2';
const LASHES =
  '266.8 158*, 268.6 150, 273.4 144.6, 280.4 142, 287 143, 290.6 145.8, 293 149, 295 151.6*, 293 152.6, 291.8 156*, 290.4 151.6, 286.6 148, 280.6 146.2, 274.8 147.4, 270.2 151.6, 267.4 158*';
const IRIS_X = 279.2;
const IRIS_Y = 155.4;

/** Both eyes: white, iris, lights, lashes, crease. */
export function eyes(sheet: Sheet): string {
  return [eye(sheet, (points) => points, IRIS_X), eye(sheet, mirrored, 512 - IRIS_X)].join('\n');
}

/** Both brows. */
export function brows(sheet: Sheet): string {
  const brow = '267.2 135.4*, 273.4 131.8, 280.6 130.5, 287.2 132, 293 136.6*, 286.8 134.4, 280.6 133.4, 273.8 134.6';
  return [brow, mirrored(brow)].map((shape) => sheet.fill(shape, HAIR.deep)).join('\n');
}

function eye(sheet: Sheet, side: (points: string) => string, x: number): string {
  const white = sheet.linear(0, 143, 0, 167, [
    [0, '#c9c6e6'],
    [0.4, '#ffffff'],
    [1, '#fffaf8'],
  ]);
  return [
    sheet.fill(side(WHITE), white),
    sheet.within(side(WHITE), [
      iris(sheet, x),
      sheet.soft(0.8, [
        sheet.fill(
          side('264 140, 280 138, 296 142, 294 152, 288 149.6, 281 148.4, 274.6 149.6, 269 155, 264 158'),
          '#3a1b46',
          0.45,
        ),
      ]),
    ]),
    lights(sheet, x),
    sheet.ink(side('270.6 163.6, 274.6 166, 279.6 167.1, 285.4 166.2, 289.4 163.2, 291.4 158.6'), LASH.soft, 1),
    sheet.fill(side(LASHES), LASH.ink),
    sheet.ink(side('269.6 145.4, 274.6 140.4, 281.4 138.2, 288 139.4, 291.6 141.4'), SKIN.line, 0.9),
  ].join('\n');
}

function iris(sheet: Sheet, x: number): string {
  const colour = sheet.linear(0, 145, 0, 166.5, [
    [0, IRIS.top],
    [0.4, IRIS.middle],
    [0.8, IRIS.bottom],
    [1, IRIS.bottom],
  ]);
  return [
    sheet.ellipse(x, IRIS_Y, 9.1, 11.3, IRIS.rim),
    sheet.ellipse(x, IRIS_Y, 8.3, 10.5, colour),
    sheet.ellipse(
      x,
      IRIS_Y + 5.6,
      5.4,
      3.8,
      sheet.radial(x, IRIS_Y + 6.4, 5.6, 4, [
        [0, IRIS.glow, 1],
        [1, IRIS.glow, 0],
      ]),
    ),
    sheet.ellipse(x, IRIS_Y - 0.4, 3.3, 4.8, IRIS.rim),
    sheet.ellipse(x, IRIS_Y + 1.2, 1.8, 2.4, '#8a2f4a', 0.8),
  ].join('\n');
}

function lights(sheet: Sheet, x: number): string {
  return [
    sheet.ellipse(x - 3, IRIS_Y - 5, 2.5, 3.1, '#ffffff', 1, -14),
    sheet.ellipse(x + 3.8, IRIS_Y + 4.6, 1.5, 1.8, '#ffffff', 0.95),
    sheet.ellipse(x - 4.2, IRIS_Y + 2.6, 0.8, 1.1, '#ffffff', 0.6),
  ].join('\n');
}
