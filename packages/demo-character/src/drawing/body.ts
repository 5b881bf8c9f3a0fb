import type { Sheet } from '../pen/sheet.ts';
import { bothWays, mirrored, SIDES, whole } from '../pen/spline.ts';
import { AQUA, CLOTH, DRESS, GOLD, SKIN } from './palette.ts';

export const NECK: string = whole('256 176*, 268 176*, 268.4 190, 269.4 201, 276 209, 290 216*, 256 262*');

/** Legs, down to the picture's lower edge. */
export function legs(sheet: Sheet): string {
  const leg = '256.2 420*, 256.2 450, 257.4 480, 260 520*, 296 520*, 299.6 486, 303 452, 304 420*';
  const skin = sheet.linear(256, 0, 306, 0, [
    [0, SKIN.shade],
    [0.3, SKIN.base],
    [0.7, SKIN.light],
    [1, SKIN.shade],
  ]);
  const shadow = '250 420*, 310 420*, 310 452, 282 462, 252 456*';
  return SIDES.map((side) =>
    sheet.part(
      side(leg),
      side === mirrored
        ? sheet.linear(206, 0, 256, 0, [
            [0, SKIN.shade],
            [0.3, SKIN.light],
            [0.7, SKIN.base],
            [1, SKIN.shade],
          ])
        : skin,
      SKIN.line,
      1.05,
      [
        sheet.fill(side(shadow), SKIN.deep, 0.6),
        sheet.fill(
          side('252 489*, 268 493, 284 492.6, 304 487*, 304 520*, 252 520*'),
          sheet.linear(0, 486, 0, 512, [
            [0, CLOTH.base],
            [1, CLOTH.shade],
          ]),
        ),
        sheet.ink(side('254 489.6, 268 493, 284 492.6, 303 487.4'), DRESS.line, 5.2, 'none'),
        sheet.ink(side('254 489.6, 268 493, 284 492.6, 303 487.4'), DRESS.base, 3.2, 'none'),
      ],
    ),
  ).join('\n');
}

/** Neck and the skin down to the collar. */
export function neck(sheet: Sheet): string {
  return [
    sheet.part(NECK, SKIN.base, SKIN.line, 1.1, [
      sheet.fill('240 170*, 272 170*, 272.4 196, 266 203.6, 256 207.6*, 248 204, 240 197', SKIN.shade),
      sheet.soft(1.2, [sheet.fill('240 170*, 272 170*, 270 188, 262 194, 250 194, 242 188', SKIN.deep, 0.8)]),
      sheet.ink('260 222, 266 219.4, 273 219', SKIN.deep, 1),
      sheet.ink('252 222, 246 219.4, 239 219', SKIN.deep, 1),
      sheet.fill('262 214*, 274 204*, 276 225, 262 250, 256 264*', SKIN.shade, 0.7),
      sheet.ink('241.6 202.4, 248.6 206, 256 207.2, 263.4 206, 270.4 202.4', DRESS.line, 5, 'none'),
      sheet.ink('241.6 202.4, 248.6 206, 256 207.2, 263.4 206, 270.4 202.4', DRESS.base, 3, 'none'),
    ]),
    sheet.part(
      '256 208.2*, 259.6 213.8, 259 217.4, 256 219, 253 217.4, 252.4 213.8',
      sheet.linear(252, 209, 260, 219, [
        [0, '#ffffff'],
        [0.5, AQUA.base],
        [1, AQUA.shade],
      ]),
      DRESS.line,
      1,
    ),
  ].join('\n');
}

/** The navy dress: bodice and bell-shaped skirt with a white frill below. */
export function dress(sheet: Sheet): string {
  const bodice = whole('256 226*, 290 214*, 300 240, 296 280, 285 322, 286 336*, 256 340*');
  const skirt = whole(
    '256 330*, 285 328*, 300 352, 318 390, 334 430*, 322 438, 308 434*, 296 442, 280 437*, 268 443, 256 440*',
  );
  const frill = whole('256 400*, 320 400*, 337 436*, 326 448, 311 442*, 298 452, 282 446*, 270 453, 256 449*');
  const cloth = sheet.linear(186, 0, 326, 0, [
    [0, DRESS.base],
    [0.35, DRESS.light],
    [0.6, DRESS.base],
    [1, DRESS.shade],
  ]);
  const bowShade = whole('256 270*, 294 262, 296 284, 288 294, 270 292, 281 322*, 272 322, 266 329*, 256 300');
  const fold = (points: string) => SIDES.map((side) => sheet.fill(side(points), DRESS.shade, 0.8)).join('\n');
  return [
    lining(sheet),
    sheet.part(
      frill,
      sheet.linear(0, 430, 0, 453, [
        [0, CLOTH.deep],
        [1, CLOTH.base],
      ]),
      CLOTH.line,
      1.05,
    ),
    sheet.part(bodice, cloth, DRESS.line, 1.1, [
      ...SIDES.map((side) =>
        sheet.fill(side('300 225*, 284 262, 279 300, 276 342*, 304 342*, 306 280'), DRESS.shade, 0.85),
      ),
      sheet.ink('256 262, 256.6 300, 256 334', DRESS.deep, 1),
      sheet.fill(bowShade, DRESS.deep, 0.75),
    ]),
    sheet.part(skirt, cloth, DRESS.line, 1.15, [
      fold('282 328*, 292 360, 304 400, 308 436*, 320 440*, 316 400, 300 360'),
      fold('266 330*, 272 370, 279 410, 280 440*, 290 442*, 287 400, 277 360'),
      sheet.fill('252 330*, 252 380, 248 440*, 258 444*, 258 380, 256 330*', DRESS.shade, 0.8),
      sheet.ink(
        bothWays('334 421, 322 428.6, 308 425, 296 432.6, 280 428, 268 433.4', '256 430.6'),
        AQUA.base,
        2.2,
        'none',
      ),
      sheet.fill(whole('256 326*, 312 326*, 320 360, 324 372*, 300 366, 288 360*, 284 344, 256 341*'), DRESS.deep, 0.6),
    ]),
    belt(sheet),
  ].join('\n');
}

/** The jacket's inside, seen beside the waist. */
function lining(sheet: Sheet): string {
  return sheet.part(
    whole('256 230*, 314 230*, 316 290, 318 346*, 290 352, 256 354*'),
    sheet.linear(0, 230, 0, 352, [
      [0, '#5f6ab0'],
      [1, CLOTH.deep],
    ]),
    CLOTH.line,
    1.05,
  );
}

function belt(sheet: Sheet): string {
  const band = whole('256 325*, 286 321*, 287 331*, 256 336*');
  return [
    sheet.part(
      band,
      sheet.linear(226, 0, 286, 0, [
        [0, AQUA.base],
        [0.5, '#b8f3f0'],
        [1, AQUA.shade],
      ]),
      DRESS.line,
      1.0,
    ),
    sheet.part('250.6 324*, 261.4 324*, 261.4 337.4*, 250.6 337.4*', GOLD.base, GOLD.line, 1.2, [
      sheet.fill('253.4 327*, 258.6 327*, 258.6 334.4*, 253.4 334.4*', DRESS.base),
    ]),
  ].join('\n');
}
