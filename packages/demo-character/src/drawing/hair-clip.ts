import type { Sheet } from '../pen/sheet.ts';
import { AQUA, GOLD, HAIR } from './palette.ts';

/** A star and two pearls, at the character's left temple. */
export function hairClip(sheet: Sheet): string {
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
