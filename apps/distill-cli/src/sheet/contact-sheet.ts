import type { PoseCategory, RgbaImage } from '@tha4/core';
import { compositeOver, cropImage, STUDENT_FACE_CROP } from '@tha4/core';
import type { Colour } from '../render/background.ts';
import { writeText } from './write-text.ts';

const COLUMNS = 8;
const CELL = 224;
const LABEL = 16;
const PAPER: Colour = [255, 255, 255];
const FULL_SIZE = 512;

/** A sheet that fills up with one labelled picture after the other; each view starts a row of its own. */
export class ContactSheet {
  readonly #cells: { readonly label: string; readonly view: PoseCategory; readonly data: Uint8Array }[] = [];
  readonly #background: Colour;

  constructor(background: Colour) {
    this.#background = background;
  }

  /** Adds a frame. @param view `face`: the student's face crop, enlarged; `body`: all of it */
  async add(label: string, view: PoseCategory, frame: RgbaImage): Promise<void> {
    const scale = frame.width / FULL_SIZE;
    const { top, left, width, height } = STUDENT_FACE_CROP;
    const crop = { top: top * scale, left: left * scale, width: width * scale, height: height * scale };
    const shown = compositeOver(view === 'face' ? cropImage(frame, crop) : frame, this.#background);
    const { default: sharp } = await import('sharp');
    const raw = { width: shown.width, height: shown.height, channels: 4 } as const;
    const data = await sharp(shown.data, { raw })
      .resize(CELL, CELL, { kernel: shown.width < CELL ? 'cubic' : 'lanczos3' })
      .raw()
      .toBuffer();
    this.#cells.push({ label, view, data });
  }

  /** The sheet as it is now. */
  image(): RgbaImage {
    const views = (['face', 'body'] as const).map((view) => this.#cells.filter((cell) => cell.view === view));
    const rows = views.reduce((sum, cells) => sum + Math.ceil(cells.length / COLUMNS), 0);
    const [width, height] = [COLUMNS * CELL, rows * (CELL + LABEL)];
    const data = new Uint8Array(width * height * 4);
    for (let i = 0; i < data.length; i += 4) data.set([...PAPER, 255], i);
    let row = 0;
    for (const cells of views) {
      cells.forEach((cell, index) => {
        const left = (index % COLUMNS) * CELL;
        const top = (row + Math.floor(index / COLUMNS)) * (CELL + LABEL);
        writeText({ width, data }, left + 4, top + 4, cell.label, 1);
        for (let y = 0; y < CELL; y++) {
          const line = cell.data.subarray(y * CELL * 4, (y + 1) * CELL * 4);
          data.set(line, ((top + LABEL + y) * width + left) * 4);
        }
      });
      row += Math.ceil(cells.length / COLUMNS);
    }
    return { width, height, data };
  }
}
