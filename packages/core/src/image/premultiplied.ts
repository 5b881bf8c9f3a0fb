import { checkImage } from './check-image.ts';
import type { RgbaImage } from './rgba-image.ts';
import { linearToSrgb, srgbToLinear } from './srgb.ts';

/**
 * A picture in the convention of every quality number: premultiplied in linear light, then encoded to sRGB, not
 * quantised: `rgb = linearToSrgb(srgbToLinear(byte / 255) * alpha)`, alpha as it is.
 *
 * Colour under alpha 0 counts as black, so it cannot move a number.
 *
 * @returns `[height, width, 4]` float32 in [0, 1], owned by the caller
 * @throws {ShapeError} when the data does not fit the sizes
 */
export function premultipliedSrgb(image: RgbaImage): Float32Array {
  checkImage(image, 'premultipliedSrgb');
  const { data } = image;
  const result = new Float32Array(data.length);
  for (let i = 0; i < data.length; i += 4) {
    const alpha = data[i + 3]! / 255;
    result[i + 3] = alpha;
    // The encoding undoes the decoding where alpha is 1; only soft edges need the curves.
    for (let c = i; c < i + 3 && alpha > 0; c++) {
      result[c] = alpha === 1 ? data[c]! / 255 : linearToSrgb(LINEAR[data[c]!]! * alpha);
    }
  }
  return result;
}

const LINEAR = Float64Array.from({ length: 256 }, (_, byte) => srgbToLinear(byte / 255));
