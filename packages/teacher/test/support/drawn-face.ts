import { FRAME_SIZE, type RgbaImage } from '@tha4/core';

type Colour = readonly [number, number, number];

const SKIN: Colour = [255, 232, 216];
const HAIR: Colour = [90, 70, 160];
const LINE: Colour = [70, 45, 50];

/** A plain figure that keeps the rules for pictures, drawn by formulas; a little unlike on both sides. */
export function drawnFigure(): { image: RgbaImage; mask: RgbaImage } {
  const paint = canvas();
  paint.ellipse(255.5, 470, 95, 190, [80, 120, 170]);
  paint.ellipse(255.5, 215, 18, 40, [246, 214, 196]);
  paint.ellipse(255.5, 122, 66, 64, HAIR);
  paint.ellipse(255.5, 142, 50, 51, LINE);
  paint.ellipse(255.5, 142, 49, 50, SKIN);
  paint.ellipse(255.5, 96, 54, 24, HAIR);
  for (const [x, iris] of [
    [233.5, [60, 130, 90] as Colour],
    [277.5, [60, 90, 150] as Colour],
  ] as const) {
    paint.ellipse(x, 149, 12.5, 9.5, LINE);
    paint.ellipse(x, 150.5, 11.5, 9, [255, 255, 255]);
    paint.ellipse(x, 150, 6, 8.5, iris);
    paint.ellipse(x, 150, 2.5, 4, LINE);
    paint.ellipse(x - 2, 146, 1.8, 1.8, [255, 255, 255]);
    paint.ellipse(x, 129.5, 10, 1.5, LINE);
  }
  paint.ellipse(255.5, 177, 7, 3.5, [150, 60, 60]);
  const mask = canvas();
  mask.rectangle(0, 0, FRAME_SIZE, FRAME_SIZE, [0, 0, 0]);
  for (const [left, top, right, bottom] of [
    [212, 116, 254, 164],
    [258, 116, 300, 164],
    [228, 168, 284, 200],
  ] as const) {
    mask.rectangle(left, top, right, bottom, [255, 255, 255]);
  }
  return { image: paint.image, mask: mask.image };
}

/** The picture in a mirror. */
export function mirrorImage({ width, height, data }: RgbaImage): RgbaImage {
  const mirrored = new Uint8Array(data.length);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const from = pixel - (pixel % width) + width - 1 - (pixel % width);
    for (let c = 0; c < 4; c++) mirrored[pixel * 4 + c] = data[from * 4 + c]!;
  }
  return { width, height, data: mirrored };
}

function canvas() {
  const data = new Uint8Array(FRAME_SIZE * FRAME_SIZE * 4);
  const cover = (x: number, y: number, colour: Colour, alpha: number): void => {
    const at = (y * FRAME_SIZE + x) * 4;
    const under = data[at + 3]! / 255;
    const all = alpha + under * (1 - alpha);
    if (all === 0) return;
    for (let c = 0; c < 3; c++)
      data[at + c] = Math.round((colour[c]! * alpha + data[at + c]! * under * (1 - alpha)) / all);
    data[at + 3] = Math.round(all * 255);
  };
  return {
    image: { width: FRAME_SIZE, height: FRAME_SIZE, data } satisfies RgbaImage,
    ellipse(cx: number, cy: number, rx: number, ry: number, colour: Colour): void {
      for (let y = Math.max(Math.floor(cy - ry - 1), 0); y <= Math.min(cy + ry + 1, FRAME_SIZE - 1); y++) {
        for (let x = Math.floor(cx - rx - 1); x <= cx + rx + 1; x++) {
          const distance = (Math.hypot((x - cx) / rx, (y - cy) / ry) - 1) * Math.min(rx, ry);
          cover(x, y, colour, Math.max(0, Math.min(0.5 - distance, 1)));
        }
      }
    },
    rectangle(left: number, top: number, right: number, bottom: number, colour: Colour): void {
      for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) cover(x, y, colour, 1);
    },
  };
}
