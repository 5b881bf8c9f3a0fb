import { type Crop, cropImage, type RgbaImage } from '@tha4/core';
import type { FaceBoxes } from './face-boxes.ts';

/** A colour, sRGB in [0, 1]. */
export type Colour = readonly [number, number, number];

/** The face crop as its parts are looked for in: sRGB in [0, 1], rows and columns from the crop's corner. */
export interface FacePixels {
  readonly size: number;
  /** `[size, size, 3]` */
  readonly rgb: Float32Array;
  /** Lightness as seen, 0..1, `[size, size]`. */
  readonly light: Float32Array;
  /** How unlike the skin a pixel is, 0 (skin) to about 1, `[size, size]`. */
  readonly unlikeSkin: Float32Array;
  readonly skin: Colour;
}

/** Looks at the face crop of a picture. The skin's colour is the usual one between eyes and mouth. */
export function facePixels(image: RgbaImage, crop: Crop, { eyes, mouth }: FaceBoxes): FacePixels {
  const { data, width: size } = cropImage(image, crop);
  const rgb = new Float32Array(size * size * 3);
  for (let pixel = 0; pixel < size * size; pixel++) {
    for (let c = 0; c < 3; c++) rgb[pixel * 3 + c] = data[pixel * 4 + c]! / 255;
  }
  const cheeks = {
    left: (eyes[0].left + eyes[0].right) / 2 - crop.left,
    right: (eyes[1].left + eyes[1].right) / 2 - crop.left,
    top: eyes[0].bottom - 5 - crop.top,
    bottom: Math.max(mouth.top, eyes[0].bottom) + 8 - crop.top,
  };
  const skin = medianColour(rgb, size, (x, y) => {
    return x >= cheeks.left && x < cheeks.right && y >= cheeks.top && y < cheeks.bottom;
  }) ?? [1, 0.9, 0.85];
  const light = new Float32Array(size * size);
  const unlikeSkin = new Float32Array(size * size);
  for (let pixel = 0; pixel < size * size; pixel++) {
    const colour = colourAt(rgb, pixel);
    light[pixel] = lightness(colour);
    unlikeSkin[pixel] = difference(colour, skin);
  }
  return { size, rgb, light, unlikeSkin, skin };
}

/** Lightness as seen, 0..1. */
export function lightness([r, g, b]: Colour): number {
  return 0.3 * r + 0.59 * g + 0.11 * b;
}

/** Difference of two colours as seen, about 0..1. */
export function difference(a: Colour, b: Colour): number {
  const r = a[0] - b[0];
  const g = a[1] - b[1];
  const blue = a[2] - b[2];
  return Math.sqrt((2 * r * r + 4 * g * g + 3 * blue * blue) / 9);
}

/** Whether a colour may be a blush: red and light, with no more green than blue. Lips are like that too. */
export function isBlush([r, g, b]: Colour, skin: Colour): boolean {
  return r > skin[0] - 0.07 && Math.abs(g - b) < 0.09 && r - g < 0.36 && lightness([r, g, b]) > lightness(skin) - 0.27;
}

export function colourAt(rgb: Float32Array, pixel: number): Colour {
  return [rgb[pixel * 3]!, rgb[pixel * 3 + 1]!, rgb[pixel * 3 + 2]!];
}

/** The median of each channel over the pixels that are asked for, or `null` where there are none. */
export function medianColour(
  rgb: Float32Array,
  size: number,
  isMeant: (x: number, y: number) => boolean,
): Colour | null {
  const channels: [number[], number[], number[]] = [[], [], []];
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if (!isMeant(x, y)) continue;
      for (let c = 0; c < 3; c++) channels[c]!.push(rgb[(y * size + x) * 3 + c]!);
    }
  }
  if (channels[0].length === 0) return null;
  const [r, g, b] = channels.map((values) => values.sort((p, q) => p - q)[values.length >> 1]!);
  return [r!, g!, b!];
}
