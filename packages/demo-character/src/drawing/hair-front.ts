import type { Sheet } from '../pen/sheet.ts';
import { mirrored, round } from '../pen/spline.ts';
import { AQUA, GOLD, HAIR, SKIN } from './palette.ts';

/** Edge of the fringe over the face, from the right temple to the left one. */
const FRINGE =
  '296.5 143*, 293 131, 290.5 116*, 286.6 123, 279 128*, 276.6 120, 275.6 110*, 269.6 123, 257 136*, 260 124, 259 109*, 252.6 121, 241 128.4*, 242 118, 240.6 110*, 234.6 121, 224 128*, 225 118, 222.6 116*, 219 130, 215.5 143*';
const RIGHT =
  '256 64, 278 66, 300 77, 314 93, 322 113, 325 136, 324 158, 320.6 176, 323 188, 334 197*, 325 199.6, 318.4 198, 319.6 206, 313.4 214.6*, 310.4 206, 306.6 201, 302 208, 293.6 212.4*, 297 202, 297.4 190, 295.6 172, 296.4 156';
const LEFT =
  '215.6 156, 216.4 172, 214.6 190, 215 202, 218.4 212.4*, 210 208, 205.4 201, 201.6 206, 198.6 214.6*, 192.4 206, 193.6 198, 187 199.6, 178 197*, 189 188, 191.4 176, 188 158, 187 136, 190 113, 198 93, 212 77, 234 66';
export const CAP: string = `${RIGHT}, ${FRINGE}, ${LEFT}`;

/** What the fringe throws on the face, a little below itself. */
export function fringeShadow(sheet: Sheet): string[] {
  const down = `<g transform="translate(1.2 4.6)">`;
  return [
    `${down}${sheet.fill(CAP, SKIN.shade)}</g>`,
    `<g transform="translate(0.6 1.8)">${sheet.fill(CAP, SKIN.deep, 0.55)}</g>`,
  ];
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
    clip(sheet),
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
    wedge('290.5 116*, 289 104, 284 92*, 292 104, 297 120, 299 140, 296.5 144*, 293 131'),
    wedge('222.6 116*, 223 104, 228 92*, 220 104, 215 120, 213 140, 215.5 144*, 219 130'),
    wedge('275.6 110*, 275 98, 270 84*, 277 96, 281 112, 279.4 129*, 276.6 120'),
    wedge('259 109*, 260.6 96, 262 82*, 263.6 98, 263.6 112, 258 134*, 260 124'),
    wedge('240.6 110*, 243 96, 249 80*, 246 98, 246 112, 241.4 128*, 242 118'),
    wedge('296 146*, 303 170, 303 192, 294 214*, 297.4 196, 295.6 176'),
    wedge('216 146*, 209 170, 209 192, 218 214*, 214.6 196, 216.4 176'),
  ];
}

/** Left and right ends of the light on each strand of the crown. */
const TOUCHES = [
  [193, 207],
  [212.6, 226],
  [229.6, 241.4],
  [245, 256.4],
  [260, 273],
  [277.4, 284],
  [288, 298.6],
  [304, 319],
] as const;

/** A ring of light around the crown, one touch of the brush a strand. */
function gloss(sheet: Sheet): string[] {
  const shine = sheet.linear(0, 80, 0, 124, [
    [0, HAIR.gloss, 0.95],
    [1, HAIR.gloss, 0.6],
  ]);
  const touches = TOUCHES.map(([left, right]) => {
    const at = (across: number, below: number) => {
      const x = left + (right - left) * across;
      return `${round(x)} ${round(87 + 28 * ((x - 256) / 64) ** 2 + below)}`;
    };
    const top = [`${at(0, 1)}*`, at(0.25, -4), at(0.62, -5.4), `${at(1, -1)}*`];
    const bottom = [at(0.96, 4), at(0.82, 7.4), `${at(0.62, 14)}*`, at(0.52, 7.4), at(0.3, 6.4), `${at(0.14, 10.4)}*`];
    return sheet.fill([...top, ...bottom].join(', '), shine);
  });
  return [sheet.soft(0.3, touches)];
}

/** The face shines a little through the ends of the fringe. */
function shineThrough(sheet: Sheet): string {
  return sheet.fill(
    '214 112*, 298 112*, 298 146*, 214 146*',
    sheet.linear(0, 112, 0, 136, [
      [0, '#ffc9c4', 0],
      [1, '#ffd0c8', 0.42],
    ]),
  );
}

function rim(sheet: Sheet): string[] {
  return [
    sheet.ink('218 77, 203 94, 194 116, 190 140, 191 164, 194 182', '#d9f3ff', 2.4),
    sheet.ink('303 82, 317 104, 322.6 130, 322 160, 318.6 176', '#f3a9dd', 2),
  ];
}

function strands(sheet: Sheet): string {
  const line = (points: string, width = 0.9) => sheet.ink(points, HAIR.line, width);
  return [
    line('262 70, 274 84, 281 104, 280 124'),
    line('258 70, 258 86, 260.6 104, 258.8 122'),
    line('252 70, 244 86, 242 104, 241.4 125'),
    line('246 71, 230 86, 224 104, 222 118, 218 134, 215.6 142'),
    line('268 71, 282 84, 289 102, 293.6 124, 296.4 142'),
    line('283 76, 301 94, 309 120, 310 150, 309 175, 306.6 200'),
    line('229 76, 211 94, 203 120, 202 150, 203 175, 205.4 200'),
    line('313 118, 317 145, 315.6 172, 318.4 197', 0.8),
    line('199 118, 195 145, 196.4 172, 193.6 197', 0.8),
  ].join('\n');
}

/** A lock before each cheek. */
function cheekLocks(sheet: Sheet): string {
  const lock =
    '291 112*, 297 124, 301.6 142, 303 160, 304 180, 309 198, 301.6 206*, 298.6 197, 296.4 184, 295.4 168, 296.6 152, 296 138, 292.4 124';
  const colour = sheet.linear(0, 112, 0, 206, [
    [0, HAIR.middle],
    [0.4, '#8db2f8'],
    [0.75, '#8fd0f2'],
    [1, HAIR.tip],
  ]);
  return [lock, mirrored(lock)]
    .map((shape, i) =>
      sheet.part(shape, colour, HAIR.line, 1.05, [
        sheet.ink(
          i ? '213 128, 210.6 150, 210 176, 207 198' : '302.6 138, 305 158, 305.6 180, 309 200',
          HAIR.shade,
          4.4,
        ),
        sheet.ink(
          i ? '217.4 142, 215.4 160, 214.8 180, 212 198' : '297.4 142, 299 160, 299.4 180, 302 198',
          '#d5f2fb',
          1.3,
        ),
      ]),
    )
    .join('\n');
}

/** A star and two pearls, at the character's left temple. */
function clip(sheet: Sheet): string {
  const star = (x: number, y: number, r: number): string => {
    const points: string[] = [];
    for (let i = 0; i < 10; i++) {
      const angle = (i * Math.PI) / 5 - Math.PI / 2 + 0.2;
      const reach = i % 2 === 0 ? r : r * 0.5;
      points.push(`${(x + Math.cos(angle) * reach).toFixed(2)} ${(y + Math.sin(angle) * reach).toFixed(2)}*`);
    }
    return points.join(', ');
  };
  const gold = sheet.linear(294, 104, 308, 122, [
    [0, GOLD.light],
    [0.5, GOLD.base],
    [1, GOLD.shade],
  ]);
  const pearl = (x: number, y: number, r: number) =>
    [
      sheet.ellipse(x, y, r + 0.6, r + 0.6, HAIR.line),
      sheet.ellipse(
        x,
        y,
        r,
        r,
        sheet.radial(x - r * 0.3, y - r * 0.4, r * 1.4, r * 1.4, [
          [0, '#ffffff'],
          [0.5, '#f3ecff'],
          [1, AQUA.base],
        ]),
      ),
    ].join('');
  return [
    pearl(304.6, 127.4, 2.6),
    pearl(306.4, 134.4, 2),
    sheet.part(star(301.4, 114.6, 8), gold, GOLD.line, 1.1),
  ].join('\n');
}
