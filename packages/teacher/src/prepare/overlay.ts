import { FRAME_SIZE, type RgbaImage, STUDENT_FACE_CROP } from '@tha4/core';
import { type FaceMask, maskImage } from './face-mask.ts';
import type { Point } from './find-features.ts';
import { HEAD_BOX } from './locate-head.ts';
import type { Box, Finding } from './report.ts';
import { resample } from './resample.ts';

type Colour = readonly [number, number, number];

/** Colours of the overlay's parts. */
export const OVERLAY_COLOURS: Readonly<Record<'head' | 'crop' | 'mask' | 'problem' | 'warning', Colour>> = {
  head: [66, 133, 244],
  crop: [120, 124, 140],
  mask: [255, 64, 160],
  problem: [230, 40, 30],
  warning: [240, 150, 0],
};

const BACKDROP: readonly [Colour, Colour] = [
  [246, 247, 250],
  [234, 236, 242],
];
const ZOOM = 2;

/**
 * The prepared picture at twice its size on light squares, with the head's box (blue), the face crop (grey, dashed), the
 * mask (pink), eyes and mouth (crosses), and what is wrong (red) or could be better (orange).
 *
 * @returns `[1024, 1024]`, opaque
 */
export function drawOverlay(
  character: RgbaImage,
  mask: FaceMask,
  features: readonly Point[],
  findings: readonly Finding[],
): RgbaImage {
  const size = FRAME_SIZE * ZOOM;
  const canvas = resample(character, { scale: ZOOM, left: 0, top: 0 }, size, size);
  layOnSquares(canvas);
  tintMask(canvas, maskImage(mask));
  drawFrame(canvas, boxOf(STUDENT_FACE_CROP), OVERLAY_COLOURS.crop, 2, 8);
  const { left, top, size: side } = HEAD_BOX;
  drawFrame(canvas, { left, top, width: side, height: side }, OVERLAY_COLOURS.head, 3, 0);
  if (mask.drawn === null) {
    for (const box of [mask.leftEye, mask.rightEye, mask.mouth])
      drawFrame(canvas, boxOf(box), OVERLAY_COLOURS.mask, 2, 0);
  }
  for (const { x, y } of features) {
    fill(canvas, x * ZOOM - 7, y * ZOOM - 1, 14, 2, OVERLAY_COLOURS.mask, 1);
    fill(canvas, x * ZOOM - 1, y * ZOOM - 7, 2, 14, OVERLAY_COLOURS.mask, 1);
  }
  for (const { at, kind } of findings) {
    if (at === null) continue;
    fill(canvas, at.left * ZOOM, at.top * ZOOM, at.width * ZOOM, at.height * ZOOM, OVERLAY_COLOURS[kind], 0.18);
    drawFrame(canvas, at, OVERLAY_COLOURS[kind], 5, 0);
  }
  return canvas;
}

function boxOf({ left, top, width, height }: Box): Box {
  return { left, top, width, height };
}

function layOnSquares({ width, data }: RgbaImage): void {
  for (let i = 0; i < data.length; i += 4) {
    const x = (i / 4) % width;
    const y = (i / 4 - x) / width;
    const back = BACKDROP[((x >> 5) + (y >> 5)) & 1]!;
    const alpha = data[i + 3]! / 255;
    for (let c = 0; c < 3; c++) data[i + c] = Math.round(data[i + c]! * alpha + back[c]! * (1 - alpha));
    data[i + 3] = 255;
  }
}

function tintMask({ width, data }: RgbaImage, mask: RgbaImage): void {
  for (let i = 0; i < data.length; i += 4) {
    const x = (i / 4) % width;
    const y = (i / 4 - x) / width;
    if (mask.data[((y >> 1) * mask.width + (x >> 1)) * 4] === 255) mix(data, i, OVERLAY_COLOURS.mask, 0.22);
  }
}

/** Four sides of a rectangle, whole or dashed. */
function drawFrame(
  canvas: RgbaImage,
  { left, top, width, height }: Box,
  colour: Colour,
  thick: number,
  dash: number,
): void {
  const [x, y, w, h] = [left, top, width, height].map((value) => value * ZOOM) as [number, number, number, number];
  for (let along = 0; along < w; along += dash === 0 ? w : 2 * dash) {
    const length = dash === 0 ? w : Math.min(dash, w - along);
    fill(canvas, x + along, y - thick / 2, length, thick, colour, 1);
    fill(canvas, x + along, y + h - thick / 2, length, thick, colour, 1);
  }
  for (let along = 0; along < h; along += dash === 0 ? h : 2 * dash) {
    const length = dash === 0 ? h : Math.min(dash, h - along);
    fill(canvas, x - thick / 2, y + along, thick, length, colour, 1);
    fill(canvas, x + w - thick / 2, y + along, thick, length, colour, 1);
  }
}

function fill(
  { width, height, data }: RgbaImage,
  x: number,
  y: number,
  w: number,
  h: number,
  colour: Colour,
  share: number,
): void {
  const right = Math.min(width, Math.round(x + w));
  const bottom = Math.min(height, Math.round(y + h));
  for (let row = Math.max(0, Math.round(y)); row < bottom; row++) {
    for (let column = Math.max(0, Math.round(x)); column < right; column++)
      mix(data, (row * width + column) * 4, colour, share);
  }
}

function mix(data: RgbaImage['data'], at: number, colour: Colour, share: number): void {
  for (let c = 0; c < 3; c++) data[at + c] = Math.round(data[at + c]! * (1 - share) + colour[c]! * share);
}
