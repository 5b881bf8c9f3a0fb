import type { Sheet } from '../pen/sheet.ts';
import { mirrored } from '../pen/spline.ts';
import { HAIR, IRIS, LASH, SKIN } from './palette.ts';

const WHITE =
  '266.8 157.6*, 268.4 150.6, 273.2 146, 279.6 144.2, 286.2 146, 290.2 152.6, 289.4 160, 285.6 165, 278.8 166.8, 271.2 164.2';
const LASHES =
  '266 158*, 267.8 150, 272.6 144.6, 279.6 142, 286.2 143, 289.8 145.8, 292.2 149, 294.2 151.6*, 292.2 152.6, 291 156*, 289.6 151.6, 285.8 148, 279.8 146.2, 274 147.4, 269.4 151.6, 266.6 158*';
const IRIS_X = 278.4;
const IRIS_Y = 155.4;

/** Both eyes: white, iris, lights, lashes, crease. */
export function eyes(sheet: Sheet): string {
  return [eye(sheet, (points) => points, IRIS_X), eye(sheet, mirrored, 512 - IRIS_X)].join('\n');
}

/** Both brows. */
export function brows(sheet: Sheet): string {
  const brow = '266.4 135.4*, 272.6 131.8, 279.8 130.5, 286.4 132, 292.2 136.6*, 286 134.4, 279.8 133.4, 273 134.6';
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
          side(
            '263.2 140, 279.2 138, 295.2 142, 293.2 152, 287.2 149.6, 280.2 148.4, 273.8 149.6, 268.2 155, 263.2 158',
          ),
          '#3a1b46',
          0.45,
        ),
      ]),
    ]),
    lights(sheet, x),
    sheet.ink(side('269.8 163.6, 273.8 166, 278.8 167.1, 284.6 166.2, 288.6 163.2, 290.6 158.6'), LASH.soft, 1),
    sheet.fill(side(LASHES), LASH.ink),
    sheet.ink(side('268.8 145.4, 273.8 140.4, 280.6 138.2, 287.2 139.4, 290.8 141.4'), SKIN.line, 0.9),
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
