import { type FaceMetrics, METRIC_NAMES, SMALLEST_METRIC } from '../landmarks/face-metrics.ts';
import { clamp } from '../mapping/ramp.ts';
import { BLENDSHAPE, BLENDSHAPE_NAMES, type BlendshapeName } from '../sample/blendshape-names.ts';
import type { Gaze, HeadRotation } from '../sample/face-sample.ts';
import { type Calibration, type ChannelRange, NO_CALIBRATION } from './calibration.ts';
import type { CalibrationStep } from './guided-calibration.ts';
import { median, quantile } from './statistics.ts';

/** What was seen in one moment of a step. */
export interface Observation {
  /** `[52]`, clamped to 0..1, landmark channels included. */
  readonly channels: Float64Array;
  readonly rotation: HeadRotation;
  /** In units of `eyeLook*`. */
  readonly gaze: Gaze;
  readonly metrics: FaceMetrics | null;
}

/** All that was seen, by step. */
export type Observations = Readonly<Record<CalibrationStep, readonly Observation[]>>;

/** Steps that fit channels, which ones, and how far the person must move them for the step to count. */
const FITTED: readonly (readonly [CalibrationStep, readonly BlendshapeName[], number])[] = [
  ['blink', ['eyeBlinkLeft', 'eyeBlinkRight'], 0.15],
  ['smile', ['mouthSmileLeft', 'mouthSmileRight'], 0.15],
  ['open', ['jawOpen'], 0.1],
];

/** Channels that are only freed of what they read at rest: people's calm faces differ most in these. */
const RESTED: readonly BlendshapeName[] = BLENDSHAPE_NAMES.filter((name) =>
  /^(brow|eyeWide|mouth(Frown|ShrugUpper|LowerDown|UpperUp|Stretch|Pucker|Funnel))/.test(name),
);

/** Of a channel's rest, this much at most is taken off: a person who grins at "calm" must not lose the smile. */
const MOST_REST = 0.5;

/** Works out what the ten seconds say; a step in which nothing moved enough keeps its channels' usual range and is named. */
export function fitCalibration(seen: Observations): { calibration: Calibration; unclear: CalibrationStep[] } {
  const unclear: CalibrationStep[] = [];
  const ranges: Partial<Record<BlendshapeName, ChannelRange>> = {};
  // A little above the median, so that a calm face's noise stays at nothing.
  const restOf = (name: BlendshapeName) => Math.min(MOST_REST, quantile(channel(seen.neutral, name), 0.75));
  for (const name of RESTED) {
    const rest = restOf(name);
    if (rest > 0.01) ranges[name] = { rest, full: 1 };
  }
  for (const [step, names, least] of FITTED) {
    const fitted = names.map((name) => ({ name, rest: restOf(name), full: quantile(channel(seen[step], name), 0.7) }));
    if (fitted.some(({ rest, full }) => full - rest < least)) unclear.push(step);
    else for (const { name, rest, full } of fitted) ranges[name] = { rest, full };
  }
  const calibration: Calibration = {
    ...NO_CALIBRATION,
    straight: {
      pitch: median(seen.neutral.map((one) => one.rotation.pitch)),
      yaw: median(seen.neutral.map((one) => one.rotation.yaw)),
      roll: median(seen.neutral.map((one) => one.rotation.roll)),
    },
    gaze: {
      pitch: median(seen.neutral.map((one) => one.gaze.pitch)),
      yaw: median(seen.neutral.map((one) => one.gaze.yaw)),
    },
    ranges,
    crosstalk: {
      blinkOfSmile:
        crosstalk(seen.smile, ranges, ['eyeBlinkLeft', 'eyeBlinkRight'], unclear.includes('smile')) ??
        NO_CALIBRATION.crosstalk.blinkOfSmile,
      smileOfBlink:
        crosstalk(seen.blink, ranges, ['mouthSmileLeft', 'mouthSmileRight'], unclear.includes('blink')) ??
        NO_CALIBRATION.crosstalk.smileOfBlink,
    },
    metrics: restMetrics(seen.neutral),
  };
  return { calibration, unclear };
}

function channel(seen: readonly Observation[], name: BlendshapeName): number[] {
  return seen.map((one) => one.channels[BLENDSHAPE[name]]!);
}

/** How far a step moved channels that it was not meant to move, as a share of their range; `null` where that cannot be told. */
function crosstalk(
  seen: readonly Observation[],
  ranges: Calibration['ranges'],
  names: readonly BlendshapeName[],
  isUnclear: boolean,
): number | null {
  const fitted = names.map((name) => ranges[name]);
  if (isUnclear || fitted.includes(undefined)) return null;
  const shares = names.map((name, i) => {
    const { rest, full } = fitted[i]!;
    return (median(channel(seen, name)) - rest) / (full - rest);
  });
  // A little more than was seen: the next smile is a little wider.
  return clamp(1.15 * Math.max(...shares), 0, 0.6);
}

function restMetrics(seen: readonly Observation[]): FaceMetrics | null {
  const measured = seen.flatMap((one) => (one.metrics === null ? [] : [one.metrics]));
  const medians = METRIC_NAMES.map((name) => [name, median(measured.map((metrics) => metrics[name]))] as const);
  // Eyes that were shut, or no face: better to guess while tracking.
  if (medians.some(([, size]) => size < SMALLEST_METRIC)) return null;
  return Object.fromEntries(medians) as unknown as FaceMetrics;
}
