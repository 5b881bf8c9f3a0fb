import { type FaceMetrics, METRIC_NAMES, SMALLEST_METRIC } from '../landmarks/face-metrics.ts';
import { BLENDSHAPE, type BlendshapeName } from '../sample/blendshape-names.ts';
import { type Calibration, type ChannelRange, NO_CALIBRATION } from './calibration.ts';

/**
 * Reads a calibration that was saved as JSON.
 *
 * @param value what `JSON.parse` gave
 * @throws RangeError naming the place, where it is not a calibration of version 1; fields that are not known are dropped
 */
export function parseCalibration(value: unknown): Calibration {
  const { format, version } = NO_CALIBRATION;
  const data = object(value, 'calibration');
  if (data.format !== format || data.version !== version) {
    throw new RangeError(
      `calibration: expected format '${format}' version ${version}, got ${show(data.format)} version ${show(data.version)}; calibrate again`,
    );
  }
  const straight = object(data.straight, 'calibration.straight');
  const gaze = object(data.gaze, 'calibration.gaze');
  const crosstalk = object(data.crosstalk, 'calibration.crosstalk');
  const angle = (name: string) => number(straight[name], `calibration.straight.${name}`, -Math.PI, Math.PI);
  return {
    format,
    version,
    straight: { pitch: angle('pitch'), yaw: angle('yaw'), roll: angle('roll') },
    gaze: {
      pitch: number(gaze.pitch, 'calibration.gaze.pitch', -2, 2),
      yaw: number(gaze.yaw, 'calibration.gaze.yaw', -2, 2),
    },
    ranges: ranges(object(data.ranges, 'calibration.ranges')),
    crosstalk: {
      blinkOfSmile: number(crosstalk.blinkOfSmile, 'calibration.crosstalk.blinkOfSmile', 0, 0.8),
      smileOfBlink: number(crosstalk.smileOfBlink, 'calibration.crosstalk.smileOfBlink', 0, 0.8),
    },
    metrics: data.metrics === null ? null : metrics(object(data.metrics, 'calibration.metrics')),
  };
}

function ranges(data: Record<string, unknown>): Partial<Record<BlendshapeName, ChannelRange>> {
  const read: Partial<Record<BlendshapeName, ChannelRange>> = {};
  for (const [name, value] of Object.entries(data)) {
    const where = `calibration.ranges.${name}`;
    if (!Object.hasOwn(BLENDSHAPE, name)) throw new RangeError(`${where}: expected a blendshape's name`);
    const range = object(value, where);
    const rest = number(range.rest, `${where}.rest`, -1, 2);
    const full = number(range.full, `${where}.full`, -1, 2);
    if (!(full - rest >= 0.01)) {
      throw new RangeError(`${where}: expected full at least 0.01 above rest, got ${rest} to ${full}`);
    }
    read[name as BlendshapeName] = { rest, full };
  }
  return read;
}

function metrics(data: Record<string, unknown>): FaceMetrics {
  return Object.fromEntries(
    METRIC_NAMES.map((name) => [name, number(data[name], `calibration.metrics.${name}`, SMALLEST_METRIC, 3)]),
  ) as unknown as FaceMetrics;
}

function object(value: unknown, where: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RangeError(`${where}: expected an object, got ${show(value)}`);
  }
  return value as Record<string, unknown>;
}

function number(value: unknown, where: string, min: number, max: number): number {
  if (typeof value !== 'number' || !(value >= min && value <= max)) {
    throw new RangeError(`${where}: expected a number from ${min} to ${max}, got ${show(value)}`);
  }
  return value;
}

function show(value: unknown): string {
  return typeof value === 'string' ? `'${value.slice(0, 40)}'` : value === null ? 'null' : String(value);
}
