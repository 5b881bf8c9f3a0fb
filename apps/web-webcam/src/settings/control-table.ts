import type { DriverSettings, DriverSettingsPatch, FacePart, MappingSettings } from '@tha4/pose-mapper';

/** A slider: where it is, and which setting it moves. */
export interface Control {
  readonly id: string;
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly read: (settings: DriverSettings) => number;
  readonly write: (value: number) => DriverSettingsPatch;
}

const PARTS: readonly (readonly [FacePart, string])[] = [
  ['head', 'Head'],
  ['eyes', 'Eyelids'],
  ['gaze', 'Gaze'],
  ['brows', 'Brows'],
  ['mouth', 'Mouth'],
];

/** How strongly each part answers, how calmly, and how much life of its own the character has. */
export const FEEL: readonly Control[] = [
  ...PARTS.map(
    ([part, label]): Control => ({
      id: `sensitivity-${part}`,
      label,
      min: 0,
      max: 2,
      read: ({ sensitivity }) => sensitivity[part],
      write: (value) => ({ sensitivity: { [part]: value } }),
    }),
  ),
  {
    id: 'smoothing',
    label: 'Smoothing',
    min: 0,
    max: 3,
    read: ({ smoothing }) => smoothing.head,
    write: (value) => ({ smoothing: Object.fromEntries(PARTS.map(([part]) => [part, value])) }),
  },
  {
    id: 'idle',
    label: 'Idle movement',
    min: 0,
    max: 1,
    read: ({ idle }) => idle.sway,
    write: (value) => ({ idle: { sway: value, gaze: value } }),
  },
  {
    id: 'breaths',
    label: 'Breaths a minute',
    min: 0,
    max: 40,
    read: ({ idle }) => (idle.breathing === 0 ? 0 : idle.breathsPerMinute),
    write: (value) => (value === 0 ? { idle: { breathing: 0 } } : { idle: { breathing: 1, breathsPerMinute: value } }),
  },
];

type NumberKey = { [K in keyof MappingSettings]: MappingSettings[K] extends number ? K : never }[keyof MappingSettings];

/** The original's thresholds: raw scores of the tracker, where a movement begins to count and where it counts in full. */
export const THRESHOLDS: readonly Control[] = (
  [
    ['smileMin', 'Smile begins', 1],
    ['smileMax', 'Smile in full', 1],
    ['blinkMax', 'Eye is shut', 1],
    ['surprisedMax', 'Eye is wide', 1],
    ['browDownMax', 'Brow is down', 1],
    ['squintMin', 'Lower lid begins', 1],
    ['squintMax', 'Lower lid is up', 1],
    ['irisFactor', 'Gaze, strength', 3],
    ['jawMin', 'Mouth begins', 1],
    ['jawMax', 'Mouth is open', 1],
    ['frownMax', 'Mouth frowns', 1],
    ['funnelMin', 'u turns to o', 1],
    ['funnelMax', 'o in full', 1],
    ['irisSmallLeft', 'Small iris, left', 1],
    ['irisSmallRight', 'Small iris, right', 1],
  ] as const satisfies readonly (readonly [NumberKey, string, number])[]
).map(([key, label, max]) => ({
  id: key,
  label,
  min: 0,
  max,
  read: ({ mapping }) => mapping[key],
  write: (value) => ({ mapping: { [key]: value } }),
}));
