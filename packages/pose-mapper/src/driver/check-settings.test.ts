import { expect, test } from 'vitest';
import { createPoseDriver } from './pose-driver.ts';
import { DEFAULT_SETTINGS, type DriverSettingsPatch } from './settings.ts';

test('settings survive JSON', () => {
  const patch = JSON.parse(JSON.stringify(DEFAULT_SETTINGS)) as DriverSettingsPatch;
  expect(createPoseDriver({ settings: patch }).settings).toEqual(DEFAULT_SETTINGS);
});

test.each([
  [{ sensitivity: { head: Number.NaN } }, 'settings.sensitivity.head: expected a number from 0 to 10, got NaN'],
  [{ smoothing: { eyes: -1 } }, /smoothing.eyes: .* got -1/],
  [{ idle: { seed: 0.5 } }, /idle.seed: expected a whole number/],
  [{ idle: { breathsPerMinute: Number.POSITIVE_INFINITY } }, /breathsPerMinute/],
  [{ mapping: { brows: 'cross' } }, /mapping.brows: expected one of angry, .* got cross/],
  [{ mapping: { jawMax: '1' } }, /mapping.jawMax/],
  [{ mirror: 'yes' }, /mirror/],
])('%j is refused and changes nothing', (patch, message) => {
  const driver = createPoseDriver();
  expect(() => driver.configure(patch as unknown as DriverSettingsPatch)).toThrow(message);
  expect(driver.settings).toEqual(DEFAULT_SETTINGS);
});

test('a calibration that is none is refused', () => {
  const driver = createPoseDriver();
  expect(() => driver.calibrate({} as never)).toThrow(/calibration: expected format/);
});
