import { cropImage, premultipliedSrgb, type RgbaImage, STUDENT_FACE_CROP } from '@tha4/core';

/** How many times a difference is enlarged before it is shown. */
export const DIFFERENCE_GAIN = 4;

/** Side of a panel of a comparison, pixels. */
export const PANEL = 256;

/**
 * Teacher, student and their difference side by side, the whole frames above their face crops: `[512, 768]`.
 *
 * Frames are halved (mean of four pixels), faces doubled. A difference is the largest of R, G, B and A, premultiplied
 * sRGB, times 4, from black over violet and orange to white.
 *
 * @param teacher `[512, 512]`
 * @param student `[512, 512]`
 */
export function comparison(teacher: RgbaImage, student: RgbaImage): RgbaImage {
  const difference = differenceImage(teacher, student);
  const width = 3 * PANEL;
  const data = new Uint8Array(width * 2 * PANEL * 4);
  for (const [column, frame] of [teacher, student, difference].entries()) {
    putPanel(data, width, 0, column * PANEL, halved(frame));
    putPanel(data, width, PANEL, column * PANEL, doubled(cropImage(frame, STUDENT_FACE_CROP)));
  }
  return { width, height: 2 * PANEL, data };
}

/** How far two frames of the same size lie apart, as colours on opaque black. */
export function differenceImage(a: RgbaImage, b: RgbaImage): RgbaImage {
  const x = premultipliedSrgb(a);
  const y = premultipliedSrgb(b);
  const data = new Uint8Array(x.length);
  for (let i = 0; i < x.length; i += 4) {
    let most = 0;
    for (let c = i; c < i + 4; c++) most = Math.max(most, Math.abs(x[c]! - y[c]!));
    data.set(heat(Math.min(1, most * DIFFERENCE_GAIN)), i);
  }
  return { width: a.width, height: a.height, data };
}

const STOPS: readonly (readonly [number, number, number])[] = [
  [0, 0, 0],
  [86, 24, 128],
  [240, 110, 50],
  [255, 255, 240],
];

/** @param value 0..1 */
function heat(value: number): [number, number, number, number] {
  const at = value * (STOPS.length - 1);
  const low = Math.min(Math.floor(at), STOPS.length - 2);
  const mix = (c: 0 | 1 | 2): number => Math.round(STOPS[low]![c] + (at - low) * (STOPS[low + 1]![c] - STOPS[low]![c]));
  return [mix(0), mix(1), mix(2), 255];
}

/** Half the size: mean of four pixels, colours weighted by their alpha. */
export function halved({ width, height, data }: RgbaImage): RgbaImage {
  const half = { width: width / 2, height: height / 2 };
  const result = new Uint8Array(half.width * half.height * 4);
  for (let row = 0; row < half.height; row++) {
    for (let column = 0; column < half.width; column++) {
      const first = (2 * row * width + 2 * column) * 4;
      const pixels = [first, first + 4, first + width * 4, first + width * 4 + 4];
      const alpha = pixels.reduce((sum, at) => sum + data[at + 3]!, 0);
      const to = (row * half.width + column) * 4;
      for (let c = 0; c < 3 && alpha > 0; c++) {
        result[to + c] = Math.round(pixels.reduce((sum, at) => sum + data[at + c]! * data[at + 3]!, 0) / alpha);
      }
      result[to + 3] = Math.round(alpha / 4);
    }
  }
  return { ...half, data: result };
}

/** Twice the size: every pixel four times. */
function doubled({ width, height, data }: RgbaImage): RgbaImage {
  const result = new Uint8Array(width * height * 16);
  for (let row = 0; row < 2 * height; row++) {
    for (let column = 0; column < 2 * width; column++) {
      const from = ((row >> 1) * width + (column >> 1)) * 4;
      result.set(data.subarray(from, from + 4), (row * 2 * width + column) * 4);
    }
  }
  return { width: 2 * width, height: 2 * height, data: result };
}

function putPanel(data: Uint8Array, width: number, top: number, left: number, panel: RgbaImage): void {
  for (let row = 0; row < panel.height; row++) {
    const from = row * panel.width * 4;
    data.set(panel.data.subarray(from, from + panel.width * 4), ((top + row) * width + left) * 4);
  }
}
