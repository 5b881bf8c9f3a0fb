import type { BodyMorpherConfig, FaceMorpherConfig } from '@tha4/core';

/** One resolution of a sine network. */
export interface LevelShape {
  /** Side of the square it works on, pixels. */
  readonly size: number;
  readonly widths: readonly number[];
  /** Checkpoint key of each sine layer, without `.weight`. */
  readonly keys: readonly string[];
}

/** What face and body morpher have in common: sine layers at growing resolutions, then a linear layer. */
export interface NetworkShape {
  readonly poseSize: number;
  readonly levels: readonly LevelShape[];
  readonly last: string;
  readonly outputs: number;
}

/** A face morpher as a network of one level. */
export function faceShape({ imageSize, poseSize, widths }: FaceMorpherConfig): NetworkShape {
  const keys = widths.map((_, layer) => `siren.sine_layers.${layer}.linear`);
  return { poseSize, levels: [{ size: imageSize, widths, keys }], last: 'siren.last_linear', outputs: 4 };
}

/** A body morpher. */
export function bodyShape({ poseSize, levels }: BodyMorpherConfig): NetworkShape {
  return {
    poseSize,
    levels: levels.map(({ size, widths }, level) => ({
      size,
      widths,
      keys: widths.map((_, layer) => `siren_layers.${level}.${layer}.linear`),
    })),
    last: 'last_linear',
    outputs: 7,
  };
}
