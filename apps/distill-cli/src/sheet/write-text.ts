import type { Colour } from '../render/background.ts';
import { LETTER_ADVANCE, LETTER_ROWS, letterRows } from './pixel-font.ts';

const INK: Colour = [40, 40, 48];

/** Writes a line of text into RGBA pixels. @param scale pixels a side of the font's own pixels */
export function writeText(
  { width, data }: { readonly width: number; readonly data: Uint8Array },
  left: number,
  top: number,
  text: string,
  scale: number,
): void {
  [...text].forEach((letter, index) => {
    letterRows(letter)
      .slice(0, LETTER_ROWS)
      .forEach((bits, row) => {
        for (let column = 0; column < 5 * scale; column++) {
          if (((bits >> (4 - Math.floor(column / scale))) & 1) === 0) continue;
          const x = left + index * LETTER_ADVANCE * scale + column;
          for (let y = 0; y < scale; y++) data.set(INK, ((top + row * scale + y) * width + x) * 4);
        }
      });
  });
}
