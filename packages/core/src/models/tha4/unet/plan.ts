/** Numbers that fix a U-Net with attention. */
export interface UNetConfig {
  /** Side of the square picture, pixels. */
  readonly imageSize: number;
  readonly inputChannels: number;
  readonly outputChannels: number;
  /** Channels at full size. */
  readonly modelChannels: number;
  /** For each level, each half as wide as the one before: how many times `modelChannels` it has. */
  readonly multipliers: readonly number[];
  /** Whether a level has attention after each of its residual blocks. */
  readonly attention: readonly boolean[];
  readonly blocksPerLevel: number;
  readonly middleBlocks: number;
  readonly timeChannels: number;
  readonly poseSize: number;
  /** Width of the embedded time and pose. */
  readonly conditionChannels: number;
  readonly heads: number;
}

/** A residual block; `down` and `up` also change the size. */
export interface ResidualPlan {
  readonly key: string;
  readonly ins: number;
  readonly outs: number;
  readonly sampling: 'same' | 'down' | 'up';
}

/** A residual block and what follows it at once. */
export interface StepPlan {
  readonly block: ResidualPlan;
  /** Key of the attention after it, or `null`. */
  readonly attention: string | null;
}

/** All blocks in the order in which they run. */
export interface UNetPlan {
  /** Every step's output is kept for the way up. */
  readonly down: readonly StepPlan[];
  readonly middle: readonly StepPlan[];
  /** Those that do not sample take what was kept last. */
  readonly up: readonly StepPlan[];
  /** Channels at full size. */
  readonly width: number;
}

/** Works out which blocks a U-Net has. Source: `nn/common/unet.py` of the THA4 demo. */
export function planUNet(config: UNetConfig): UNetPlan {
  const widths = config.multipliers.map((factor) => factor * config.modelChannels);
  const last = widths.length - 1;
  const kept = [config.modelChannels];
  let width = config.modelChannels;

  const down: StepPlan[] = [];
  const goDown = (key: string, outs: number, sampling: 'same' | 'down', attention: string | null): void => {
    down.push({ block: { key, ins: width, outs, sampling }, attention });
    kept.push((width = outs));
  };
  widths.forEach((outs, level) => {
    const key = `body.down_blocks.${level}`;
    for (let j = 0; j < config.blocksPerLevel; j++) {
      goDown(`${key}.res_blocks.${j}`, outs, 'same', attentionKey(config, level, `${key}.attention_blocks.${j}`));
    }
    if (level < last) goDown(`${key}.downsample`, outs, 'down', null);
  });

  const middle = Array.from({ length: config.middleBlocks }, (_, i): StepPlan => {
    const key = `body.middle_blocks.${2 * i}`;
    const attention = i < config.middleBlocks - 1 ? `body.middle_blocks.${2 * i + 1}` : null;
    return { block: { key, ins: width, outs: width, sampling: 'same' }, attention };
  });

  const up: StepPlan[] = [];
  [...widths].reverse().forEach((outs, i) => {
    const level = last - i;
    const key = `body.up_blocks.${i}`;
    for (let j = 0; j <= config.blocksPerLevel; j++) {
      const block = { key: `${key}.resnet_blocks.${j}`, ins: width + kept.pop()!, outs, sampling: 'same' } as const;
      up.push({ block, attention: attentionKey(config, level, `${key}.attention_blocks.${j}`) });
      width = outs;
    }
    const block = { key: `${key}.upsample`, ins: outs, outs, sampling: 'up' } as const;
    if (level > 0) up.push({ block, attention: null });
  });
  return { down, middle, up, width };
}

function attentionKey({ attention }: UNetConfig, level: number, key: string): string | null {
  return attention[level] ? key : null;
}
