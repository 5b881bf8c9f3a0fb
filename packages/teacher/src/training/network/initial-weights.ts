import type { FloatTensor, Weights } from '@tha4/core';
import { OMEGA_0 } from '@tha4/core';
import type { SeededRandom } from './random.ts';
import type { NetworkShape } from './shape.ts';

/** How a network begins. */
export interface InitialWeights {
  /** Factor on the last layer's weights; the original's is 1. Small ones begin near what its biases say. */
  readonly lastScale: number;
  /** The last layer's biases; `null` for the original's small random ones. */
  readonly lastBias: readonly number[] | null;
  /** Factors on what each pose value is multiplied with in first layers; 1 where there is none. 0: it is never seen. */
  readonly poseScales?: readonly number[];
  /** Factor on what a position is multiplied with in first layers; 1 where it is not given. */
  readonly positionScale?: number;
}

export const ORIGINAL_START: InitialWeights = { lastScale: 1, lastBias: null };

/**
 * Random weights as the original draws them: first layer U(-1/n, 1/n), other sine layers U(-sqrt(6/n)/30, +), the last
 * layer normal with variance 2/n, biases U(-1/sqrt(n), +), n being a layer's inputs.
 *
 * Source: `nn/siren/vanilla/siren.py` of the THA4 demo. There, the first layers of the body's upper levels are not
 * "first" ones.
 */
export function initialWeights(shape: NetworkShape, random: SeededRandom, start: InitialWeights): Weights {
  const weights = new Map<string, FloatTensor>();
  const fill = (key: string, dims: readonly number[], draw: () => number): void => {
    const data = Float32Array.from({ length: dims.reduce((a, b) => a * b, 1) }, draw);
    weights.set(key, { shape: dims, data });
  };
  const spread = (limit: number) => () => (random.uniform() * 2 - 1) * limit;
  let features = 0;
  shape.levels.forEach(({ widths, keys }, level) => {
    let inputs = features + 2 + shape.poseSize;
    widths.forEach((width, layer) => {
      const first = level === 0 && layer === 0;
      fill(`${keys[layer]}.weight`, [inputs, width], spread(first ? 1 / inputs : Math.sqrt(6 / inputs) / OMEGA_0));
      if (layer === 0) {
        const { data } = weights.get(`${keys[0]}.weight`)!;
        const position = features * width;
        for (let i = position; i < position + 2 * width; i++) data[i]! *= start.positionScale ?? 1;
        start.poseScales?.forEach((scale, pose) => {
          const row = (features + 2 + pose) * width;
          for (let i = row; i < row + width; i++) data[i]! *= scale;
        });
      }
      fill(`${keys[layer]}.bias`, [width], spread(1 / Math.sqrt(inputs)));
      inputs = width;
    });
    features = inputs;
  });
  const deviation = Math.sqrt(2 / features) * start.lastScale;
  fill(`${shape.last}.weight`, [features, shape.outputs], () => normal(random) * deviation);
  const bias = start.lastBias;
  fill(`${shape.last}.bias`, [shape.outputs], spread(1 / Math.sqrt(features)));
  if (bias !== null) weights.get(`${shape.last}.bias`)!.data.set(bias);
  return weights;
}

/** A normal number of variance 1 (Box and Muller). */
function normal(random: SeededRandom): number {
  return Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
}
