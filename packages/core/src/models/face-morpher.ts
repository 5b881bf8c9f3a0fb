import type { Spec } from '../checkpoint/stored-tensor.ts';
import type { Ops } from '../ops/ops.ts';
import { joinedSineLayer, linear, linearSpec, sineLayer } from './linear.ts';
import type { Params } from './params.ts';

/** Numbers that fix a face morpher. */
export interface FaceMorpherConfig {
  /** Side of the square output, pixels. */
  readonly imageSize: number;
  /** How many values from the front of the pose it sees. */
  readonly poseSize: number;
  /** Width of each sine layer, in order. */
  readonly widths: readonly number[];
}

/** The paper's: 121,476 parameters. */
export const FACE_MORPHER: FaceMorpherConfig = {
  imageSize: 128,
  poseSize: 39,
  widths: [128, 128, 128, 128, 128, 128, 128, 128],
};

const LAST = 'siren.last_linear';
const sineKey = (layer: number): string => `siren.sine_layers.${layer}.linear`;

/** Checkpoint key -> shape of every tensor of a face morpher, in the original's order. */
export function faceMorpherSpec(config: FaceMorpherConfig): Spec {
  const spec = new Map<string, readonly number[]>();
  let channels = 2 + config.poseSize;
  config.widths.forEach((width, layer) => {
    linearSpec(spec, sineKey(layer), channels, width);
    channels = width;
  });
  linearSpec(spec, LAST, channels, 4);
  return spec;
}

/**
 * Paints the face: a SIREN from (position, pose) to colour, one pixel at a time, with no image as input.
 *
 * @param pose `[n, poseSize]` float32
 * @returns `[n, imageSize, imageSize, 4]` RGBA, linear light, premultiplied, [-1, 1] but not clamped; the caller owns it
 * Source: `nn/siren/face_morpher/siren_face_morpher_00.py` of the THA4 demo.
 */
export function faceMorpher<T>(ops: Ops<T>, config: FaceMorpherConfig, params: Params<T>, pose: T): T {
  const size = config.imageSize;
  return ops.tidy(() => {
    let x = joinedSineLayer(ops, params, sineKey(0), null, size, pose);
    for (let layer = 1; layer < config.widths.length; layer++) x = sineLayer(ops, params, sineKey(layer), x);
    return linear(ops, params, LAST, x);
  });
}
