import {
  type Calibration,
  type DriverSettings,
  type DriverSettingsPatch,
  NO_CALIBRATION,
  parseCalibration,
} from '@tha4/pose-mapper';

/** What is kept for one camera, or for a source without one. */
export interface Kept {
  readonly settings: DriverSettingsPatch;
  readonly calibration: Calibration;
}

const PREFIX = 'tha4-webcam/';

/** @param whose the camera's id, or the source's name */
export function keptFor(whose: string): Kept {
  try {
    const kept = JSON.parse(localStorage.getItem(PREFIX + whose) ?? 'null') as Kept | null;
    if (kept !== null) return { settings: kept.settings, calibration: parseCalibration(kept.calibration) };
  } catch {
    // Forbidden storage, or something else wrote there: begin anew.
  }
  return { settings: {}, calibration: NO_CALIBRATION };
}

export function keep(whose: string, settings: DriverSettings, calibration: Calibration): void {
  try {
    localStorage.setItem(PREFIX + whose, JSON.stringify({ settings, calibration } satisfies Kept));
  } catch {
    // Forbidden storage only means that nothing is kept.
  }
}
