import type { FloatTensor, Weights } from '../../../checkpoint/stored-tensor.ts';
import type { Fold } from '../../network.ts';

/**
 * Takes the time out of a U-Net. It was made for diffusion, where a number tells the step; a poser always gives 0, so the
 * embedded time is the same in every frame, and what it does to the second norm of a block,
 * `(norm(x) weight + bias) (1 + scale) + shift`, is a norm with other weights. Computed in float64, rounded once.
 *
 * Linear layers that stay become dense ones, `[in, out]`.
 */
export const foldTime: Fold = {
  takes: (key) => /\.(time_embed|cond_embed|cond[01]_layers)\.|\.norm1\./.test(key),
  apply(weights) {
    const folded = new Map<string, FloatTensor>();
    const time = silu(embeddedTime(weights));
    for (const [key, tensor] of weights) {
      if (/cond_embed|cond1_layers/.test(key)) folded.set(key, withoutOuterAxis(tensor));
      if (!key.endsWith('.norm1.weight')) continue;
      const block = key.slice(0, -'.norm1.weight'.length);
      const scaleShift = linear(weights, `${block}.cond0_layers.1`, time);
      const norm = { weight: tensor, bias: tensorOf(weights, `${block}.norm1.bias`) };
      const { weight, bias } = modulatedNorm(norm, scaleShift);
      folded.set(key, weight).set(`${block}.norm1.bias`, bias);
    }
    return folded;
  },
};

interface NormWeights {
  readonly weight: FloatTensor;
  readonly bias: FloatTensor;
}

/** The norm that equals `norm` followed by `x (1 + scale) + shift`. @param scaleShift all scales, then all shifts */
export function modulatedNorm({ weight, bias }: NormWeights, scaleShift: Float64Array): NormWeights {
  const channels = weight.data.length;
  return {
    weight: { ...weight, data: weight.data.map((each, i) => each * (1 + scaleShift[i]!)) },
    bias: { ...bias, data: bias.data.map((each, i) => each * (1 + scaleShift[i]!) + scaleShift[channels + i]!) },
  };
}

/** Time 0 embedded. Its sinusoids are 1 in the first half, the cosines, and 0 in the second. */
export function embeddedTime(weights: Weights): Float64Array {
  const channels = tensorOf(weights, 'body.time_embed.1.weight').shape.at(-2)!;
  const sinusoids = Float64Array.from({ length: channels }, (_, i) => (i < channels / 2 ? 1 : 0));
  return linear(weights, 'body.time_embed.3', silu(linear(weights, 'body.time_embed.1', sinusoids)));
}

function linear(weights: Weights, key: string, x: Float64Array): Float64Array {
  const { data } = tensorOf(weights, `${key}.weight`);
  const sum = Float64Array.from(tensorOf(weights, `${key}.bias`).data);
  x.forEach((value, i) => {
    for (let j = 0; j < sum.length; j++) sum[j]! += value * data[i * sum.length + j]!;
  });
  return sum;
}

function silu(x: Float64Array): Float64Array {
  return x.map((value) => value / (1 + Math.exp(-value)));
}

function withoutOuterAxis(tensor: FloatTensor): FloatTensor {
  return tensor.shape.length === 3 ? { ...tensor, shape: tensor.shape.slice(1) } : tensor;
}

function tensorOf(weights: Weights, key: string): FloatTensor {
  const tensor = weights.get(key);
  if (tensor === undefined) throw new RangeError(`foldTime: expected a tensor '${key}', got none`);
  return tensor;
}
