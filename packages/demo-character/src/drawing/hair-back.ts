import { lockOutline } from '../pen/ink.ts';
import type { Sheet } from '../pen/sheet.ts';
import { knots, mirrored, open, SIDES } from '../pen/spline.ts';
import { HAIR, INNER } from './palette.ts';

interface Lock {
  readonly spine: string;
  readonly halfWidths: readonly number[];
}

/** Long strands behind the shoulders, back to front: right of the picture, then left (as mirrored). */
const BEHIND: readonly [readonly Lock[], readonly Lock[]] = [
  [
    {
      spine: '300 172, 320 200, 340 222, 353 246, 358 274, 370 300, 390 314',
      halfWidths: [9, 11, 11, 9.5, 8.5, 6, 0],
    },
    { spine: '300 178, 322 208, 338 238, 343 272, 352 306, 370 330, 386 336', halfWidths: [6, 6, 6, 6, 5.5, 4, 0] },
    {
      spine: '296 180, 312 214, 330 250, 340 290, 350 330, 366 358, 384 372',
      halfWidths: [9, 11, 11, 10, 9, 6, 0],
    },
    { spine: '290 184, 302 220, 318 262, 330 304, 344 350, 362 386, 374 394', halfWidths: [6, 7, 7, 7, 7, 4, 0] },
  ],
  [
    {
      spine: '300 172, 321 202, 342 226, 354 252, 356 280, 364 304, 382 322',
      halfWidths: [9, 11, 11, 9.5, 8.5, 6, 0],
    },
    { spine: '300 176, 324 202, 346 226, 360 252, 366 276, 378 292, 394 294', halfWidths: [5, 6, 6, 5, 4.5, 3, 0] },
    {
      spine: '296 180, 312 214, 330 250, 341 290, 352 326, 370 348, 390 352',
      halfWidths: [9, 11, 11, 10, 9, 6, 0],
    },
    { spine: '290 184, 302 220, 318 262, 330 304, 345 346, 360 376, 380 384', halfWidths: [6, 7, 7, 7, 7.5, 5, 0] },
  ],
];

/** Strands that fall over the shoulders in front, right of the picture. */
const FRONT: readonly Lock[] = [
  { spine: '306 176, 309 206, 306 230, 302 256, 305 282, 313 304', halfWidths: [7, 7, 7, 6, 4, 0] },
  { spine: '302 176, 303 206, 299 228, 296 246, 298 264, 302 276', halfWidths: [4, 4, 4, 3.4, 2.4, 0] },
];

/** The hair's dark underside behind neck and jaw, and the long strands behind the shoulders. */
export function hairBack(sheet: Sheet): string {
  const under = sheet.linear(0, 150, 0, 226, [
    [0, '#3c3a90'],
    [0.5, '#7a58bc'],
    [1, INNER.middle],
  ]);
  const mass =
    '206 140, 306 140, 314 180, 312 206, 304 222*, 298 214, 290 228*, 284 218, 272 226*, 264 220, 248 220, 240 226*, 228 218, 222 228*, 214 214, 208 222*, 200 206, 198 180';
  return [
    ...SIDES.flatMap((side, i) => BEHIND[i]!.map((lock) => strand(sheet, side(lock.spine), lock.halfWidths))),
    sheet.part(mass, under, INNER.line, 1.1, [
      ...['294 168, 292 190, 288 212', '284 176, 282 196, 280 214', '276 182, 275 198, 274 214'].flatMap((line) => [
        sheet.ink(line, INNER.line, 1),
        sheet.ink(mirrored(line), INNER.line, 1),
      ]),
      sheet.soft(2, [sheet.ellipse(256, 176, 44, 26, '#2c2470', 0.55)]),
    ]),
  ].join('\n');
}

/** Strands in front of the shoulders; they belong under the side panels. */
export function hairOverShoulders(sheet: Sheet): string {
  return SIDES.flatMap((side) => FRONT.map((lock) => strand(sheet, side(lock.spine), lock.halfWidths))).join('\n');
}

/** The two curled hairs on the crown. */
export function sprout(sheet: Sheet): string {
  const right = lockOutline(open('257 68, 262 56, 273 49, 284 52'), [1.6, 2.6, 2.6, 0]);
  const left = lockOutline(open('256 68, 251 58, 242 54, 235 58'), [1.5, 2.2, 2.2, 0]);
  return [left, right].map((shape) => sheet.part(shape, HAIR.crown, HAIR.line, 1.3)).join('\n');
}

function strand(sheet: Sheet, spine: string, halfWidths: readonly number[]): string {
  const curve = open(spine);
  const [x0, y0] = curve[0]!.p0;
  const [x1, y1] = curve.at(-1)!.p3;
  const colour = sheet.linear(x0, y0, x1, y1, [
    [0, HAIR.shade],
    [0.2, '#7f8fee'],
    [0.45, INNER.middle],
    [0.78, INNER.tip],
    [1, '#fff0f2'],
  ]);
  const half = halfWidths[1]!;
  const shift = (dx: number) =>
    knots(spine)
      .map(({ x, y }) => `${x + dx} ${y}`)
      .join(', ');
  return sheet.part(lockOutline(curve, halfWidths), colour, INNER.line, 1.15, [
    sheet.ink(shift(half * 0.62), INNER.shade, half * 0.7),
    sheet.ink(shift(half * 0.1), INNER.line, 0.7),
    sheet.ink(shift(-half * 0.42), '#f7f0ff', half * 0.24),
  ]);
}
