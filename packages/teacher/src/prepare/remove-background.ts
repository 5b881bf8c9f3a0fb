import { linearToSrgbByte, type RgbaImage, srgbToLinear } from '@tha4/core';
import { TOLERANCE } from './background.ts';
import { findComponents } from './components.ts';
import { type Lab, labDistance, oklab } from './oklab.ts';

/** A picture whose background became transparent. */
export interface CutOut {
  readonly image: RgbaImage;
  /** Share of the picture that was removed, 0..1. */
  readonly removed: number;
  /** Enclosed areas of the background's colour that were left, because they may be the figure's: pixels. */
  readonly enclosed: number;
}

/** How far from the background a soft edge reaches, pixels. */
const EDGE = 2;
/** A background this saturated is no colour of the figure: enclosed areas go too. */
const KEY_COLOUR = 0.15;
const ENCLOSED_AREA = 40;

/**
 * Removes what is connected to the border and has the background's colour, as an eye compares colours. Pixels at the
 * edge are mixtures: their alpha is their share of the figure, in linear light, and the background's share is taken out
 * of their colour.
 *
 * @param background its colour
 */
export function removeBackground(image: RgbaImage, background: Lab): CutOut {
  const { width, height, data } = image;
  const like = likeBackground(image, background);
  const { list, labels } = findComponents(width, height, (i) => like[i] === 1);
  const keyed = Math.hypot(background[1], background[2]) > KEY_COLOUR;
  const goes = new Uint8Array(list.length + 1);
  let enclosed = 0;
  for (const { label, area, left, top, right } of list) {
    if (left === 0 || top === 0 || right === width) goes[label] = 1;
    else if (area >= ENCLOSED_AREA && keyed) goes[label] = 1;
    else if (area >= ENCLOSED_AREA) enclosed += area;
  }
  const removed = Uint8Array.from(labels, (label) => goes[label]!);
  const result = data.slice();
  let count = 0;
  for (let i = 0; i < removed.length; i++) {
    if (removed[i] === 0) softenEdge(image, removed, i, result);
    else {
      result.fill(0, i * 4, i * 4 + 4);
      count++;
    }
  }
  return { image: { width, height, data: result }, removed: count / removed.length, enclosed };
}

function likeBackground({ width, height, data }: RgbaImage, background: Lab): Uint8Array {
  return Uint8Array.from({ length: width * height }, (_, i) => {
    if (data[i * 4 + 3]! < 8) return 1;
    const colour = oklab(data[i * 4]!, data[i * 4 + 1]!, data[i * 4 + 2]!);
    return labDistance(colour, background) < TOLERANCE ? 1 : 0;
  });
}

/** Gives a pixel near the background its share of the figure. */
function softenEdge({ width, height, data }: RgbaImage, removed: Uint8Array, pixel: number, result: Pixels): void {
  const x = pixel % width;
  const y = (pixel - x) / width;
  const back: [number, number, number] = [0, 0, 0];
  let [nearest, count, towardsX, towardsY] = [EDGE + 1, 0, 0, 0];
  for (let ny = Math.max(0, y - EDGE); ny <= Math.min(height - 1, y + EDGE); ny++) {
    for (let nx = Math.max(0, x - EDGE); nx <= Math.min(width - 1, x + EDGE); nx++) {
      const next = ny * width + nx;
      if (removed[next] === 0) continue;
      nearest = Math.min(nearest, Math.max(Math.abs(nx - x), Math.abs(ny - y)));
      for (const c of RGB) back[c] += LINEAR[data[next * 4 + c]!]!;
      towardsX += nx - x;
      towardsY += ny - y;
      count++;
    }
  }
  const away = Math.hypot(towardsX, towardsY);
  if (nearest > EDGE || away === 0) return;
  for (const c of RGB) back[c] /= count;
  // The figure's own colour: a little further in.
  const step = EDGE + 1 - nearest;
  const innerX = Math.min(Math.max(Math.round(x - (step * towardsX) / away), 0), width - 1);
  const innerY = Math.min(Math.max(Math.round(y - (step * towardsY) / away), 0), height - 1);
  const inner = innerY * width + innerX;
  if (removed[inner] === 1) return;
  let [along, full, own] = [0, 0, 0];
  for (const c of RGB) {
    const figure = LINEAR[data[inner * 4 + c]!]! - back[c];
    const here = LINEAR[data[pixel * 4 + c]!]! - back[c];
    along += here * figure;
    full += figure * figure;
    own += here * here;
  }
  const alpha = full === 0 ? 1 : along / full;
  // A line, or another colour than the two, is no mixture of them.
  if (alpha >= 1 || alpha < 0.02 || own - alpha * along > MIXTURE * full) return;
  for (const c of RGB) {
    result[pixel * 4 + c] = linearToSrgbByte((LINEAR[data[pixel * 4 + c]!]! - (1 - alpha) * back[c]) / alpha);
  }
  result[pixel * 4 + 3] = Math.round(alpha * data[pixel * 4 + 3]!);
}

type Pixels = Uint8Array | Uint8ClampedArray;

/** Largest squared distance of a mixture from the line between its two colours, as a share of that line's. */
const MIXTURE = 0.02;
const RGB = [0, 1, 2] as const;
const LINEAR = Float64Array.from({ length: 256 }, (_, byte) => srgbToLinear(byte / 255));
