import type { Sheet } from '../pen/sheet.ts';
import { mirrored } from '../pen/spline.ts';
import { HAIR, IRIS, LASH, SKIN } from './palette.ts';

const WHITE =
  '266.8 156*, 268.4 149, 273.2 144.4, 279.6 142.6, 286.2 144.4, 290.2 151, 289.4 158.4, 285.6 163.4, 278.8 165.2, 271.2 162.6';
const LASHES =
  '266 156.4*, 267.8 148.4, 272.6 143, 279.6 140.4, 286.2 141.4, 289.8 144.2, 292.2 147.4, 294.2 150*, 292.2 151, 291 154.4*, 289.6 150, 285.8 146.4, 279.8 144.6, 274 145.8, 269.4 150, 266.6 156.4*';
const IRIS_X = 278.4;
const IRIS_Y = 153.8;

/** Both eyes: white, iris, lights, lashes, crease. */
export function eyes(sheet: Sheet): string {
  return [eye(sheet, (points) => points, IRIS_X), eye(sheet, mirrored, 512 - IRIS_X)].join('\n');
}

/** Both brows. */
export function brows(sheet: Sheet): string {
  const brow = '266.4 133.8*, 272.6 130.2, 279.8 128.9, 286.4 130.4, 292.2 135*, 286 132.8, 279.8 131.8, 273 133';
  return [brow, mirrored(brow)].map((shape) => sheet.fill(shape, HAIR.deep)).join('\n');
}

function eye(sheet: Sheet, side: (points: string) => string, x: number): string {
  const white = sheet.linear(0, 141.4, 0, 165.4, [
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
          side(
            '263.2 138.4, 279.2 136.4, 295.2 140.4, 293.2 150.4, 287.2 148, 280.2 146.8, 273.8 148, 268.2 153.4, 263.2 156.4',
          ),
          '#3a1b46',
          0.45,
        ),
      ]),
    ]),
    lights(sheet, x),
    sheet.ink(side('269.8 162, 273.8 164.4, 278.8 165.5, 284.6 164.6, 288.6 161.6, 290.6 157'), LASH.soft, 1),
    sheet.fill(side(LASHES), LASH.ink),
    sheet.ink(side('268.8 143.8, 273.8 138.8, 280.6 136.6, 287.2 137.8, 290.8 139.8'), SKIN.line, 0.9),
  ].join('\n');
}

function iris(sheet: Sheet, x: number): string {
  const colour = sheet.linear(0, 143.4, 0, 164.9, [
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
