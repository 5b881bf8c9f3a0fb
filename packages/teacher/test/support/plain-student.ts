import type { Weights } from '@tha4/core';

/** A square picture in float64: `[size, size, channels]`. */
export interface Picture {
  readonly size: number;
  readonly channels: number;
  readonly data: Float64Array;
}

/** Weights that a test may move in float64. */
export type PlainWeights = ReadonlyMap<string, { readonly shape: readonly number[]; readonly data: Float64Array }>;

export function plainWeights(weights: Weights): PlainWeights {
  return new Map([...weights].map(([key, { shape, data }]) => [key, { shape, data: Float64Array.from(data) }]));
}

/** `x W + b`, and its sine where `sine` says so, at every pixel. */
export function plainLayer(weights: PlainWeights, key: string, x: Picture, sine: boolean): Picture {
  const weight = weights.get(`${key}.weight`)!;
  const bias = weights.get(`${key}.bias`)!.data;
  const [inputs, outputs] = weight.shape as [number, number];
  const data = new Float64Array(x.size * x.size * outputs);
  for (let p = 0; p < x.size * x.size; p++) {
    for (let n = 0; n < outputs; n++) {
      let sum = bias[n]!;
      for (let k = 0; k < inputs; k++) sum += x.data[p * inputs + k]! * weight.data[k * outputs + n]!;
      data[p * outputs + n] = sine ? Math.sin(30 * sum) : sum;
    }
  }
  return { size: x.size, channels: outputs, data };
}

/** [features, x, y, pose] at every pixel. */
export function plainInput(size: number, pose: ArrayLike<number>, features: Picture | null): Picture {
  const f = features?.channels ?? 0;
  const channels = f + 2 + pose.length;
  const data = new Float64Array(size * size * channels);
  for (let p = 0; p < size * size; p++) {
    for (let c = 0; c < f; c++) data[p * channels + c] = features!.data[p * f + c]!;
    data[p * channels + f] = (2 * (p % size) + 1) / size - 1;
    data[p * channels + f + 1] = (2 * Math.floor(p / size) + 1) / size - 1;
    for (let i = 0; i < pose.length; i++) data[p * channels + f + 2 + i] = pose[i]!;
  }
  return { size, channels, data };
}

/** Bilinear sample at pixel coordinates, clamped at the border. */
export function plainSample({ size, channels, data }: Picture, x: number, y: number): number[] {
  const clamp = (v: number): number => Math.min(Math.max(v, 0), size - 1);
  const [cx, cy] = [clamp(x), clamp(y)];
  const [left, top] = [Math.floor(cx), Math.floor(cy)];
  const [fx, fy] = [cx - left, cy - top];
  return Array.from({ length: channels }, (_, c) => {
    const at = (row: number, column: number): number => data[(clamp(row) * size + clamp(column)) * channels + c]!;
    const upper = at(top, left) * (1 - fx) + at(top, left + 1) * fx;
    const lower = at(top + 1, left) * (1 - fx) + at(top + 1, left + 1) * fx;
    return upper * (1 - fy) + lower * fy;
  });
}

/** Twice as large, bilinear, half-pixel centres. */
export function plainEnlarge(picture: Picture): Picture {
  const { size, channels } = picture;
  const data = Float64Array.from(
    Array.from({ length: 4 * size * size }, (_, p) =>
      plainSample(picture, ((p % (2 * size)) + 0.5) / 2 - 0.5, (Math.floor(p / (2 * size)) + 0.5) / 2 - 0.5),
    ).flat(),
  );
  return { size: 2 * size, channels, data };
}
