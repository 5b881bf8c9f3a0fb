import { imageToModel, modelToImage, type RgbaImage } from '@tha4/core';
import { randomOf } from '../src/distill/random.ts';
import { sampleAt } from '../src/warp/sample.ts';

/** A figure, and where its face moves. */
export interface Figure {
  readonly image: RgbaImage;
  readonly mask: RgbaImage;
}

/** Middle of the head, pixels; about it a figure is scaled and bent. */
const HEAD = { x: 256, y: 150 } as const;
/** Row where the head ends and the body begins. */
const NECK = 215;

/**
 * A relative of a drawn figure: its head is larger or smaller and elsewhere by some pixels, hair, shoulders and dress are
 * bent and broader or slimmer, the colours of all but the skin are turned. The face inside is kept straight, so that the
 * mask stays true.
 *
 * @param figure 512x512, straight alpha
 * @param number which of its relatives
 */
export function relativeOf({ image, mask }: Figure, number: number): Figure {
  const size = image.width;
  const random = randomOf(0, 'relatives of the figure', number);
  const from = bend(random);
  const recolour = turnColours(random);
  const picture = imageToModel(image);
  const bent = new Float32Array(picture.length);
  const bentMask = new Uint8ClampedArray(mask.data.length);
  for (let row = 0, pixel = 0; row < size; row++) {
    for (let column = 0; column < size; column++, pixel++) {
      const [x, y] = from(column, row);
      sampleAt(picture, size, x, y, bent, pixel * 4);
      recolour(bent.subarray(pixel * 4, pixel * 4 + 4));
      const nearest = clamp(Math.round(y), size - 1) * size + clamp(Math.round(x), size - 1);
      bentMask.set(mask.data.subarray(nearest * 4, nearest * 4 + 4), pixel * 4);
    }
  }
  return { image: modelToImage(bent, size, size), mask: { ...mask, data: bentMask } };
}

/** Where a pixel of the relative comes from in the figure. The same on both sides of the figure's middle. */
function bend(random: () => number): (x: number, y: number) => readonly [number, number] {
  const spread = (limit: number): number => (2 * random() - 1) * limit;
  const [moveX, moveY, scaleX, scaleY] = [spread(5), spread(5), 1 + spread(0.1), 1 + spread(0.08)];
  const [breadth, hair] = [spread(0.15), spread(0.1)];
  const waves = Array.from({ length: 5 }, () => ({
    perX: 0.5 + 1.5 * random(),
    perY: 0.5 + 2 * random(),
    phase: 2 * Math.PI * random(),
    x: spread(5.6),
    y: spread(4.2),
  }));
  return (x, y) => {
    const body = 1 / (1 + Math.exp((NECK - y) / 12));
    const across = (x - HEAD.x - moveX) / scaleX;
    const outside = Math.min(Math.max((Math.abs(across) - 45) / 25, 0), 1);
    const u = across * (1 + breadth * body + hair * (1 - body) * outside);
    const v = (y - HEAD.y - moveY) / scaleY;
    // Little within the face, all of it from the hair on.
    const reach = Math.min(1, Math.hypot(u / 55, v / 60)) ** 2;
    let [fromX, fromY] = [HEAD.x + u, HEAD.y + v];
    for (const { perX, perY, phase, x: ofX, y: ofY } of waves) {
      const wave = reach * Math.sin((perX * Math.abs(u) + perY * v) / 60 + phase);
      fromX += ofX * wave * Math.sign(u) * Math.min(1, Math.abs(u) / 20);
      fromY += ofY * wave;
    }
    return [fromX, fromY];
  };
}

/** Turns the hue of what is not skin, and makes it lighter or darker; on linear premultiplied colour in [-1, 1]. */
function turnColours(random: () => number): (colour: Float32Array) => void {
  const hue = 2 * Math.PI * random();
  const [cos, sin, gain] = [Math.cos(hue), Math.sin(hue), 0.6 + 0.5 * random()];
  return (colour) => {
    const [r, g, b, alpha] = Array.from(colour, (value) => (value + 1) / 2) as [number, number, number, number];
    if (alpha === 0 || isSkin(r / alpha, g / alpha, b / alpha)) return;
    const light = 0.213 * r + 0.715 * g + 0.072 * b;
    const red = (r - light) * cos - (b - light) * sin;
    const blue = (r - light) * sin + (b - light) * cos;
    const green = -(0.213 * red + 0.072 * blue) / 0.715;
    [red, green, blue].forEach((chroma, channel) => {
      colour[channel] = 2 * Math.min(Math.max(gain * light + chroma, 0), alpha) - 1;
    });
  };
}

/** Light, reddish, not as yellow as gold. Linear light, 0..1. */
function isSkin(r: number, g: number, b: number): boolean {
  return r > 0.7 && g > 0.3 && b > 0.25 && r > g && g > 0.95 * b && r - b > 0.03;
}

function clamp(value: number, most: number): number {
  return Math.min(Math.max(value, 0), most);
}
