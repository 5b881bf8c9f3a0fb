import type { Sheet } from '../pen/sheet.ts';
import { SIDES } from '../pen/spline.ts';
import { AQUA, CLOTH, SKIN } from './palette.ts';

const PANEL = '274 205*, 300 213, 320 223*, 320 262, 319 300, 322 350*, 306 357, 288 358*, 290 320, 286 280, 278 240';
const SLEEVE =
  '309 217*, 322 222, 331 235, 339 264, 349 300, 360 340, 367 372, 362 393*, 344 398, 329 395*, 319 376, 316 340, 313 300, 310 270*';
const CUFF = '365 388*, 366 401*, 346 407, 327 404*, 327.4 391*, 345 394.4';
const HAND =
  '331 398*, 330.4 410, 331.4 419, 335 427, 339.6 431.4, 344.4 432.6, 349.8 431.6, 354.6 427.4, 358 419.6, 359.4 410, 359 398*';

/** The open white jacket with wide sleeves, and the fingertips. */
export function jacket(sheet: Sheet): string {
  return SIDES.flatMap((side) => [panel(sheet, side), hand(sheet, side), sleeve(sheet, side)]).join('\n');
}

function panel(sheet: Sheet, side: (points: string) => string): string {
  return [
    sheet.part(side(PANEL), CLOTH.base, CLOTH.line, 1.1, [
      sheet.fill(side('324 224*, 312 250, 308 290, 309 320, 306 358*, 326 352*, 324 290'), CLOTH.shade),
      sheet.fill(side('324 250*, 315 275, 313 310, 316 352*, 326 352*'), CLOTH.deep, 0.7),
      sheet.fill(side('270 200*, 312 216*, 312 240, 307 258*, 290 264, 272 274, 262 282*'), CLOTH.deep, 0.6),
      sheet.fill(side('286 344*, 300 346, 324 338*, 324 360, 286 362'), CLOTH.shade, 0.7),
      sheet.fill(side('296 262*, 300 280, 298 306*, 304 280*'), CLOTH.shade, 0.9),
      sheet.ink(side('273 206, 280 240, 288.4 280, 292 320, 290.4 358'), AQUA.base, 4, 'none'),
      sheet.ink(side('288 353, 306 352, 322 345'), AQUA.base, 4, 'none'),
    ]),
    sheet.part(side('296 312*, 311 310*, 311.6 326, 304 331, 296.6 327'), CLOTH.base, CLOTH.line, 1),
    sheet.fill(
      side('299.4 321*, 300 316.4, 303.8 314.4, 307.6 316.4, 308.2 321*, 306 320, 303.8 321, 301.6 320'),
      '#f08cc0',
    ),
    sheet.ink(side('301.4 321, 300.8 323.4, 301.6 325.6'), '#e07fc0', 0.9),
    sheet.ink(side('303.8 321, 304.4 324, 303.8 327'), '#e07fc0', 0.9),
    sheet.ink(side('306.2 321, 306.8 323.4, 306 325.6'), '#e07fc0', 0.9),
  ].join('\n');
}

function sleeve(sheet: Sheet, side: (points: string) => string): string {
  return [
    sheet.part(side(SLEEVE), CLOTH.base, CLOTH.line, 1.15, [
      sheet.fill(side('310 230*, 318 268, 326 300, 334 340, 340 372, 338 400*, 322 398*, 306 300'), CLOTH.shade),
      sheet.fill(side('310 262*, 316 300, 324 340, 330 372, 331 398*, 320 398*, 306 300'), CLOTH.deep, 0.75),
      sheet.fill(side('353 296*, 344 306, 331 311, 320 310*, 332 318, 346 314*'), CLOTH.shade, 0.9),
      sheet.fill(side('357 322*, 347 331, 336 334*, 349 339*'), CLOTH.shade, 0.9),
      sheet.fill(side('363 372*, 356 384, 352 398*, 347 399*, 349 386*'), CLOTH.shade, 0.9),
      sheet.fill(side('345 360*, 344 380, 345 400*, 340 400*, 341 380'), CLOTH.shade, 0.9),
      sheet.ink(side('352.6 297, 344 306, 331 311'), CLOTH.line, 0.9),
      sheet.ink(side('315 296, 322 304, 330 306'), CLOTH.line, 0.9),
      sheet.ink(side('356 323, 347 331, 338 334'), CLOTH.line, 0.7),
      sheet.ink(side('346 396, 345.6 384, 346.4 372'), CLOTH.line, 0.8),
      sheet.ink(side('337 396, 335.6 386, 334.4 376'), CLOTH.line, 0.8),
      sheet.ink(side('355 394, 356.4 384, 356.6 374'), CLOTH.line, 0.8),
      sheet.ink(side('313 222, 316 240, 313.6 258, 311 268'), CLOTH.line, 0.8),
    ]),
    sheet.part(side(CUFF), AQUA.base, CLOTH.line, 1.05, [
      sheet.fill(side('324 386*, 338 394, 339 408*, 322 408*'), AQUA.shade, 0.8),
    ]),
  ].join('\n');
}

function hand(sheet: Sheet, side: (points: string) => string): string {
  return sheet.part(side(HAND), SKIN.base, SKIN.line, 1.2, [
    sheet.fill(side('326 396*, 362 396*, 361 408, 350 410, 344 412, 336 420, 332 424*, 326 412'), SKIN.shade),
    sheet.ink(side('341.4 432, 340 426, 340.4 419.6'), SKIN.line, 0.9, 'end'),
    sheet.ink(side('347.2 432, 347 425, 346.6 419'), SKIN.line, 0.9, 'end'),
    sheet.ink(side('353 429, 353 423.6, 352.4 418.6'), SKIN.line, 0.9, 'end'),
    sheet.ink(side('331.6 409, 335.4 415, 335.8 421.6, 334 425.4'), SKIN.line, 0.9),
  ]);
}
