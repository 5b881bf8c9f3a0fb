import { ShapeError } from '../errors.ts';
import { checkImage, checkSize } from './check-image.ts';
import type { RgbaImage } from './rgba-image.ts';
import { linearToSrgbByte } from './srgb.ts';
import { SRGB_BYTE_TO_LINEAR } from './srgb-table.ts';

/**
 * A picture as the networks take it: linear light, premultiplied alpha, scaled to [-1, 1].
 *
 * `rgb = fround(fround(linear(byte) * alpha) * 2 - 1)`, `a = fround(alpha * 2 - 1)`: bit for bit what the original
 * computes, except that a picture without a transparent pixel keeps its alpha (the original drops the channel).
 * Colour under alpha 0 leaves no trace.
 *
 * @returns `[height, width, 4]` float32, owned by the caller
 * @throws {ShapeError} when the data does not fit the sizes
 */
export function imageToModel(image: RgbaImage): Float32Array {
  checkImage(image, 'imageToModel');
  const { data } = image;
  const model = new Float32Array(data.length);
  for (let i = 0; i < data.length; i += 4) {
    const alpha = BYTE_TO_UNIT[data[i + 3]!]!;
    model[i] = Math.fround(SRGB_BYTE_TO_LINEAR[data[i]!]! * alpha) * 2 - 1;
    model[i + 1] = Math.fround(SRGB_BYTE_TO_LINEAR[data[i + 1]!]! * alpha) * 2 - 1;
    model[i + 2] = Math.fround(SRGB_BYTE_TO_LINEAR[data[i + 2]!]! * alpha) * 2 - 1;
    model[i + 3] = alpha * 2 - 1;
  }
  return model;
}

/**
 * A network's output as files and screens take it: un-premultiplied in linear light, encoded to sRGB, straight alpha.
 *
 * Values outside [-1, 1] are clipped, and below alpha 1e-5 the colour is black, as in the original's `image_util.py`.
 * (The original's desktop programs skip the division, which darkens every soft edge; this does not.)
 *
 * @param model `[height, width, 4]` float32, linear, premultiplied, [-1, 1]
 * @throws {ShapeError} when the tensor does not fit the sizes
 */
export function modelToImage(
  model: Float32Array,
  width: number,
  height: number,
): RgbaImage & { readonly data: Uint8ClampedArray<ArrayBuffer> } {
  checkSize(width, height, 'modelToImage');
  if (model.length !== width * height * 4) throw new ShapeError('modelToImage', [height, width, 4], [model.length]);
  const data = new Uint8ClampedArray(model.length);
  for (let i = 0; i < model.length; i += 4) {
    const alpha = Math.min(unscale(model[i + 3]!), 1);
    if (!(alpha >= LEAST_ALPHA)) continue;
    data[i] = linearToSrgbByte(unscale(model[i]!) / alpha);
    data[i + 1] = linearToSrgbByte(unscale(model[i + 1]!) / alpha);
    data[i + 2] = linearToSrgbByte(unscale(model[i + 2]!) / alpha);
    // Equal to rounding half to even: the only float32 alpha half way between two bytes is 0.5, and 128 is even.
    data[i + 3] = (alpha * 255 + 0.5) | 0;
  }
  return { width, height, data };
}

const BYTE_TO_UNIT = Float32Array.from({ length: 256 }, (_, byte) => byte / 255);

/** Below this alpha no colour can be recovered. */
const LEAST_ALPHA = 1e-5;

// The original's `(x + 1) / 2` in float32; the halving is exact.
function unscale(value: number): number {
  return Math.fround(value + 1) * 0.5;
}
