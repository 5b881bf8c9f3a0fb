import { compositeOver, type RgbaImage } from '@tha4/core';
import type { Colour } from '../render/background.ts';
import { writeText } from './write-text.ts';

const COLUMNS = 2;
const GAP = 8;
/** Letters are drawn twice as large as they are. */
const SCALE = 2;
const LABEL = 26;
const PAPER: Colour = [255, 255, 255];

/** A sheet of comparisons, each under a line of text. */
export class ComparisonSheet {
  readonly #cells: { readonly label: string; readonly picture: RgbaImage }[] = [];
  readonly #background: Colour;

  constructor(background: Colour) {
    this.#background = background;
  }

  /** @param picture all of the same size */
  add(label: string, picture: RgbaImage): void {
    this.#cells.push({ label, picture: compositeOver(picture, this.#background) });
  }

  /** The sheet as it is now. */
  image(): RgbaImage {
    const { width: cellWidth, height: cellHeight } = this.#cells[0]!.picture;
    const columns = Math.min(COLUMNS, this.#cells.length);
    const rows = Math.ceil(this.#cells.length / columns);
    const [pitchX, pitchY] = [cellWidth + GAP, cellHeight + LABEL + GAP];
    const [width, height] = [columns * pitchX - GAP, rows * pitchY - GAP];
    const data = new Uint8Array(width * height * 4);
    for (let i = 0; i < data.length; i += 4) data.set([...PAPER, 255], i);
    this.#cells.forEach(({ label, picture }, index) => {
      const left = (index % columns) * pitchX;
      const top = Math.floor(index / columns) * pitchY;
      writeText({ width, data }, left + 4, top + 4, label, SCALE);
      for (let row = 0; row < cellHeight; row++) {
        const line = picture.data.subarray(row * cellWidth * 4, (row + 1) * cellWidth * 4);
        data.set(line, ((top + LABEL + row) * width + left) * 4);
      }
    });
    return { width, height, data };
  }
}
