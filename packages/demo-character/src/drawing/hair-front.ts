import type { Sheet } from '../pen/sheet.ts';
import { cheekLocks } from './cheek-locks.ts';
import { hairClip } from './hair-clip.ts';
import { gloss, rim, shineThrough } from './hair-light.ts';
import { HAIR, SKIN } from './palette.ts';

/** Edge of the fringe over the face, from the right temple to the left one. */
const FRINGE =
  '298 142*, 294 129, 291 115*, 287 119.6, 280 123.4*, 277.2 116.6, 276 110*, 270 120, 257.6 131.6*, 260 120, 259 106*, 252.6 117.4, 241.6 124.6*, 242 115, 240.6 112*, 235 118.4, 226 122.4*, 225.4 117, 223 115*, 218.6 127, 214 142*';
/** The rest of the outline: from the crown down the right side and up to the face, then the left side. */
const RIGHT =
  '256 61.6, 277 65, 298 76, 313 93, 322 113, 325 134, 323.6 154, 319 174, 321 187, 334 197*, 325 199.6, 318.4 198, 319.6 206, 313.4 214.6*, 310.4 206, 306.6 201, 302 208, 293.6 212.4*, 297 202, 298 190, 297 172, 298.4 156';
const LEFT =
  '213.6 156, 215 172, 214 190, 215 202, 218.4 212.4*, 210 208, 205.4 201, 201.6 206, 198.6 214.6*, 192.4 206, 193.6 198, 187 199.6, 178 197*, 191 187, 193 174, 188.4 154, 187 134, 190 113, 199 93, 214 76, 235 65';
/** Outline of the upper hair. */
export const CAP: string = `${RIGHT}, ${FRINGE}, ${LEFT}`;

/** What the fringe throws on the face, a little below itself. */
export function fringeShadow(sheet: Sheet): string[] {
  const below = (x: number, y: number, paint: string, opacity: number) =>
    `<g transform="translate(${x} ${y})">${sheet.fill(CAP, paint, opacity)}</g>`;
  return [below(1.2, 4.6, SKIN.shade, 1), below(0.6, 1.8, SKIN.deep, 0.55)];
}

/** The rounded upper hair: crown, fringe and the two side panels that flip outwards. */
export function hairFront(sheet: Sheet): string {
  const colour = sheet.linear(0, 64, 0, 212, [
    [0, HAIR.crown],
    [0.3, HAIR.middle],
    [0.62, HAIR.middle],
    [0.84, '#86bdf2'],
    [1, HAIR.tip],
  ]);
  return [
    sheet.part(CAP, colour, HAIR.line, 1.35, [...shades(sheet), ...gloss(sheet), shineThrough(sheet), ...rim(sheet)]),
    strands(sheet),
    cheekLocks(sheet),
    hairClip(sheet),
  ].join('\n');
}

function shades(sheet: Sheet): string[] {
  const dark = sheet.linear(0, 70, 0, 210, [
    [0, HAIR.deep],
    [0.5, HAIR.shade],
    [1, '#5b8fdc'],
  ]);
  const wedge = (points: string, opacity = 0.55) => sheet.fill(points, dark, opacity);
  return [
    wedge('327 120*, 325 150, 322 176, 336 198, 312 218*, 309 206, 314 190, 313 168, 313 140'),
    wedge('185 120*, 187 150, 190 176, 176 198, 200 218*, 203 206, 198 190, 199 168, 199 140', 0.35),
    wedge('301 92*, 309 118, 310 150, 308.6 178, 306 202*, 303.6 176, 305 146, 304 116', 0.5),
    wedge('211 92*, 203 118, 202 150, 203.4 178, 206 202*, 208.4 176, 207 146, 208 116', 0.5),
    wedge('291 115*, 289 103, 284 92*, 292 104, 297 120, 299 140, 296.5 142*, 293.4 129'),
    wedge('223 115*, 223 103, 228 92*, 220 104, 215 120, 213 140, 215.5 142*, 219.4 127'),
    wedge('276 110*, 275.4 97, 270 84*, 277 96, 281 112, 280 125*, 277.2 116.6'),
    wedge('259 106*, 260.6 95, 262 82*, 263.6 98, 263.6 112, 258.4 130*, 260 120'),
    wedge('240.6 112*, 243 95, 249 80*, 246 98, 246 112, 242 124*, 242 115'),
    wedge('296 146*, 303 170, 303 192, 294 214*, 297.4 196, 295.6 176'),
    wedge('216 146*, 209 170, 209 192, 218 214*, 214.6 196, 216.4 176'),
  ];
}

function strands(sheet: Sheet): string {
  const line = (points: string, width = 0.9) => sheet.ink(points, HAIR.line, width);
  return [
    line('262 70, 274 84, 281 102, 280 120'),
    line('258 70, 258 86, 260.6 102, 259 118'),
    line('252 70, 244 86, 242 102, 241.6 121'),
    line('246 71, 230 86, 224 104, 222 116, 218 132, 215.6 140'),
    line('268 71, 282 84, 289 102, 293.6 122, 296.4 140'),
    line('283 76, 301 94, 309 120, 310 150, 309 175, 306.6 200'),
    line('229 76, 211 94, 203 120, 202 150, 203 175, 205.4 200'),
    line('313 118, 317 145, 315.6 172, 318.4 197', 0.8),
    line('199 118, 195 145, 196.4 172, 193.6 197', 0.8),
  ].join('\n');
}
