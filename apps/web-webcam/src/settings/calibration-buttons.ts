import { byId } from '@tha4/page';
import type { PoseDriver } from '@tha4/pose-mapper';
import type { CalibrationGuide } from './calibration-guide.ts';
import type { SettingsPanel } from './settings-panel.ts';

/** The buttons below the camera: "I look straight", the guided ten seconds, and forgetting both. */
export function bindCalibration(
  driver: PoseDriver,
  settings: SettingsPanel,
  guide: CalibrationGuide,
  say: (words: string) => void,
): void {
  byId('look-straight', HTMLButtonElement).addEventListener('click', () => {
    if (!driver.lookStraight()) {
      say('No face is in sight yet. Look into the camera, then press it again.');
      return;
    }
    settings.keep();
    say('This is straight ahead now.');
  });
  byId('calibrate', HTMLButtonElement).addEventListener('click', () => guide.begin());
  byId('forget-calibration', HTMLButtonElement).addEventListener('click', () => {
    settings.forgetCalibration();
    say('Forgotten. The character moves as for anybody.');
  });
}
