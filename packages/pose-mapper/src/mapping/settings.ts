/** Which brows a frown draws: one of the original's four, or `auto`, which picks by what the rest of the face does. */
export type BrowMode = 'angry' | 'troubled' | 'serious' | 'lowered' | 'auto';

/** Where raw blendshapes begin and end to count, and which look the character gives them. Plain data. */
export interface MappingSettings {
  /** `original`: as the THA4 demo maps channels to numbers; `expressive`: what `mapFace` adds to that. */
  readonly style: 'original' | 'expressive';
  /** Smile (mean of both sides plus `mouthShrugUpper`) at which eyes and brows begin to be happy, and are wholly so. */
  readonly smileMin: number;
  readonly smileMax: number;
  /** `eyeWide*` that is a fully surprised eye. */
  readonly surprisedMax: number;
  /** `eyeBlink*` that is a closed eye. */
  readonly blinkMax: number;
  /** `browDown*` that is a full frown of the brows. */
  readonly browDownMax: number;
  /** `cheekSquint*` at which the lower lid begins to rise, and is up. */
  readonly squintMin: number;
  readonly squintMax: number;
  /** Iris rotation per unit of `eyeLook*`. */
  readonly irisFactor: number;
  /** `jawOpen` at which the mouth begins to open, and is open. */
  readonly jawMin: number;
  readonly jawMax: number;
  /** Sum of both `mouthFrown*` that is a full frown of the mouth. */
  readonly frownMax: number;
  /** `mouthFunnel` at which a rounded mouth begins to turn from u to o, and is o. */
  readonly funnelMin: number;
  readonly funnelMax: number;
  /** `iris_small_left` and `iris_small_right`, 0..1: tracking does not move them. */
  readonly irisSmallLeft: number;
  readonly irisSmallRight: number;
  readonly brows: BrowMode;
  /** What closing eyes become: `eye_wink`, or the half closed `eye_relaxed`. */
  readonly wink: 'normal' | 'relaxed';
}

/** The original's defaults. */
export const DEFAULT_MAPPING: MappingSettings = {
  style: 'original',
  smileMin: 0.4,
  smileMax: 0.6,
  surprisedMax: 0.5,
  blinkMax: 0.8,
  browDownMax: 0.4,
  squintMin: 0.1,
  squintMax: 0.7,
  irisFactor: 1 / 0.75,
  jawMin: 0.1,
  jawMax: 0.4,
  frownMax: 0.6,
  funnelMin: 0.25,
  funnelMax: 0.5,
  irisSmallLeft: 0,
  irisSmallRight: 0,
  brows: 'angry',
  wink: 'normal',
};
