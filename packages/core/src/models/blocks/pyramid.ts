/** Numbers that fix how wide an encoder-decoder is at which size. */
export interface PyramidConfig {
  /** Side of the square picture, pixels. */
  readonly imageSize: number;
  /** Channels at full size; each halving doubles them, up to `maxChannels`. */
  readonly startChannels: number;
  readonly maxChannels: number;
  /** Side at the narrowest part, pixels. */
  readonly bottleneckSize: number;
}

/** A size that the features have on the way down, and again on the way up. */
export interface PyramidLevel {
  readonly size: number;
  readonly channels: number;
}

/** All of them, from the whole picture to the narrowest. */
export function pyramid(config: PyramidConfig): [PyramidLevel, ...PyramidLevel[]] {
  const levels: [PyramidLevel, ...PyramidLevel[]] = [{ size: config.imageSize, channels: config.startChannels }];
  for (let last = levels[0]; last.size > config.bottleneckSize; last = levels.at(-1)!) {
    levels.push({ size: last.size / 2, channels: Math.min(2 * last.channels, config.maxChannels) });
  }
  return levels;
}
