import { DEFAULT_IDLE, type IdleSettings } from '../idle/settings.ts';
import { DEFAULT_MAPPING, type MappingSettings } from '../mapping/settings.ts';
import type { FacePart } from '../sample/face-sample.ts';
import { checkSettings } from './check-settings.ts';

/** How a `PoseDriver` behaves. Plain data, so it can be saved as JSON. */
export interface DriverSettings {
  /** The character moves as the person's picture in a mirror does: the person's left is the character's right. */
  readonly mirror: boolean;
  readonly mapping: MappingSettings;
  /** How strongly each part answers: 1 as the mapping says, 0 not at all. */
  readonly sensitivity: Readonly<Record<FacePart, number>>;
  /** How much each part is smoothed: 0 not at all, 1 as tuned, more for noisy cameras (and more delay). */
  readonly smoothing: Readonly<Record<FacePart, number>>;
  /** What happens when the face is gone: the pose is held, then fades into idle; a face that returns fades in. Milliseconds. */
  readonly loss: { readonly holdMs: number; readonly fadeMs: number; readonly returnMs: number };
  readonly idle: IdleSettings;
  /** How long a `VoiceSample` counts without a new one, and how long it takes to take the mouth over. Milliseconds. */
  readonly voice: { readonly freshMs: number; readonly blendMs: number };
}

export const DEFAULT_SETTINGS: DriverSettings = {
  mirror: true,
  mapping: { ...DEFAULT_MAPPING, style: 'expressive', brows: 'auto' },
  sensitivity: { brows: 1, eyes: 1, gaze: 1, mouth: 1, head: 1 },
  smoothing: { brows: 1, eyes: 1, gaze: 1, mouth: 1, head: 1 },
  loss: { holdMs: 300, fadeMs: 900, returnMs: 350 },
  idle: DEFAULT_IDLE,
  voice: { freshMs: 250, blendMs: 120 },
};

/** Some of the settings; what is left out stays as it is. */
export type DriverSettingsPatch = {
  readonly [K in keyof DriverSettings]?: DriverSettings[K] extends object
    ? Partial<DriverSettings[K]>
    : DriverSettings[K];
};

/** Settings with some of them changed. @throws RangeError naming the first value that cannot be used */
export function patchSettings(settings: DriverSettings, patch: DriverSettingsPatch): DriverSettings {
  return checkSettings({
    mirror: patch.mirror ?? settings.mirror,
    mapping: { ...settings.mapping, ...patch.mapping },
    sensitivity: { ...settings.sensitivity, ...patch.sensitivity },
    smoothing: { ...settings.smoothing, ...patch.smoothing },
    loss: { ...settings.loss, ...patch.loss },
    idle: { ...settings.idle, ...patch.idle },
    voice: { ...settings.voice, ...patch.voice },
  });
}
