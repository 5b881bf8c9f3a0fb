import { PARTS } from './parts.ts';
import type { DriverSettings } from './settings.ts';

/** Most that each kind of number may be; all are at least 0. */
const LIMITS = {
  sensitivity: Object.fromEntries(PARTS.map((part) => [part, 10])),
  smoothing: Object.fromEntries(PARTS.map((part) => [part, 10])),
  loss: { holdMs: 600_000, fadeMs: 600_000, returnMs: 600_000 },
  voice: { freshMs: 600_000, blendMs: 600_000 },
  idle: { breathing: 1, breathsPerMinute: 120, blinking: 1, blinksPerMinute: 120, gaze: 1, sway: 1 },
  mapping: {
    smileMin: 10,
    smileMax: 10,
    surprisedMax: 10,
    blinkMax: 10,
    browDownMax: 10,
    squintMin: 10,
    squintMax: 10,
    irisFactor: 10,
    jawMin: 10,
    jawMax: 10,
    frownMax: 10,
    funnelMin: 10,
    funnelMax: 10,
    irisSmallLeft: 1,
    irisSmallRight: 1,
  },
} as const satisfies { readonly [K in keyof DriverSettings]?: Readonly<Record<string, number>> };

const CHOICES: readonly (readonly [keyof DriverSettings['mapping'], readonly string[]])[] = [
  ['style', ['original', 'expressive']],
  ['brows', ['angry', 'troubled', 'serious', 'lowered', 'auto']],
  ['wink', ['normal', 'relaxed']],
];

/**
 * Settings may come from a file or another page, so every value is looked at.
 * @throws RangeError naming the first that cannot be used
 */
export function checkSettings(settings: DriverSettings): DriverSettings {
  for (const [group, limits] of Object.entries(LIMITS)) {
    const values = settings[group as keyof typeof LIMITS] as unknown as Readonly<Record<string, unknown>>;
    for (const [name, most] of Object.entries(limits)) {
      const value = values[name];
      if (typeof value !== 'number' || !(value >= 0 && value <= most)) {
        throw new RangeError(`settings.${group}.${name}: expected a number from 0 to ${most}, got ${String(value)}`);
      }
    }
  }
  for (const [name, allowed] of CHOICES) {
    const value = settings.mapping[name];
    if (!allowed.includes(value as string)) {
      throw new RangeError(`settings.mapping.${name}: expected one of ${allowed.join(', ')}, got ${String(value)}`);
    }
  }
  if (!Number.isSafeInteger(settings.idle.seed)) {
    throw new RangeError(`settings.idle.seed: expected a whole number, got ${String(settings.idle.seed)}`);
  }
  if (typeof settings.mirror !== 'boolean') {
    throw new RangeError(`settings.mirror: expected true or false, got ${String(settings.mirror)}`);
  }
  return settings;
}
