import { checkImage } from './check-image.ts';
import type { RgbaImage } from './rgba-image.ts';
import { linearToSrgbByte, srgbToLinear } from './srgb.ts';

/**
 * Lays a picture over one solid colour, mixing in linear light (a browser's canvas mixes sRGB values instead, which
 * makes soft edges darker).
 *
 * @param colour R, G, B bytes, sRGB
 * @returns an opaque picture
 * @throws {ShapeError} when the data does not fit the sizes
 */
export function compositeOver(image: RgbaImage, colour: readonly [number, number, number]): RgbaImage {
  checkImage(image, 'compositeOver');
  const { width, height } = image;
  const data = new Uint8ClampedArray(image.data.length);
  const back = colour.map((byte) => srgbToLinear(byte / 255));
  for (let i = 0; i < data.length; i += 4) {
    const alpha = image.data[i + 3]! / 255;
    for (let c = 0; c < 3; c++) {
      data[i + c] = linearToSrgbByte(LINEAR[image.data[i + c]!]! * alpha + back[c]! * (1 - alpha));
    }
    data[i + 3] = 255;
  }
  return { width, height, data };
}

const LINEAR = Float64Array.from({ length: 256 }, (_, byte) => srgbToLinear(byte / 255));
