import { checkImage } from './check-image.ts';
import type { RgbaImage } from './rgba-image.ts';
import { srgbToLinear } from './srgb.ts';

/**
 * A picture as THA3 takes it: linear light, straight alpha, scaled to [-1, 1]. Colour under alpha 0 counts as black.
 *
 * Computed in float64 and rounded once: bit for bit what the original computes.
 *
 * @returns `[height, width, 4]` float32, owned by the caller
 * @throws {ShapeError} when the data does not fit the sizes
 * Source: `tha3/util.py` of the THA3 demo.
 */
export function imageToStraight(image: RgbaImage): Float32Array {
  checkImage(image, 'imageToStraight');
  const { data } = image;
  const straight = new Float32Array(data.length).fill(-1);
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3] === 0) continue;
    for (let channel = 0; channel < 3; channel++) straight[i + channel] = LINEAR[data[i + channel]!]! * 2 - 1;
    straight[i + 3] = (data[i + 3]! / 255) * 2 - 1;
  }
  return straight;
}

/**
 * THA3's straight alpha as the model space of everything else here, which is premultiplied. Values outside [-1, 1] are
 * clipped first: a premultiplied colour cannot be brighter than its alpha.
 *
 * @param straight `[..., 4]` float32, linear light, [-1, 1]
 * @returns the same shape, owned by the caller
 */
export function straightToModel(straight: Float32Array): Float32Array {
  const model = new Float32Array(straight.length);
  for (let i = 0; i < straight.length; i += 4) {
    const alpha = unit(straight[i + 3]!);
    for (let channel = 0; channel < 3; channel++) model[i + channel] = unit(straight[i + channel]!) * alpha * 2 - 1;
    model[i + 3] = alpha * 2 - 1;
  }
  return model;
}

const LINEAR = Float64Array.from({ length: 256 }, (_, byte) => srgbToLinear(byte / 255));

function unit(value: number): number {
  return Math.min(Math.max((value + 1) / 2, 0), 1);
}
