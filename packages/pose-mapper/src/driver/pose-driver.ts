import { type Calibration, NO_CALIBRATION } from '../calibration/calibration.ts';
import { POSE, POSE_SIZE } from '../pose/names.ts';
import { BLENDSHAPE } from '../sample/blendshape-names.ts';
import type { FaceSample, VoiceSample } from '../sample/face-sample.ts';
import { DEFAULT_SETTINGS, type DriverSettings, type DriverSettingsPatch, patchSettings } from './settings.ts';

/** `idle`: nothing drives; `tracking`: a face does; `lost`: it was there and is fading out. */
export type DriverState = 'idle' | 'tracking' | 'lost';

/** Turns samples into poses: mapping, calibration, smoothing, fading at a loss, idle mixed under. */
export interface PoseDriver {
  /** Takes the newest face. Samples older than the newest are counted and ignored. @throws RangeError on arrays of another length */
  observe(sample: FaceSample): void;
  /** Says that at this time no face was seen. */
  lost(timeMs: number): void;
  /** Takes what lip-sync hears; `null` gives the mouth back. */
  voice(sample: VoiceSample | null): void;
  /**
   * The pose at a time (draw time, not before the newest one asked for).
   * @param out `[45]`, filled and returned; a new array where absent
   */
  pose(timeMs: number, out?: Float32Array): Float32Array;
  /** Takes the current head and eyes as straight ahead; false where no face is tracked. */
  lookStraight(): boolean;
  calibrate(calibration: Calibration): void;
  configure(patch: DriverSettingsPatch): void;
  readonly calibration: Calibration;
  readonly settings: DriverSettings;
  readonly state: DriverState;
}

export interface PoseDriverOptions {
  readonly settings?: DriverSettingsPatch;
  readonly calibration?: Calibration;
}

export function createPoseDriver(options: PoseDriverOptions = {}): PoseDriver {
  let settings = patchSettings(DEFAULT_SETTINGS, options.settings ?? {});
  let calibration = options.calibration ?? NO_CALIBRATION;
  let state: DriverState = 'idle';
  const latest = new Float32Array(POSE_SIZE);

  return {
    observe(sample) {
      state = 'tracking';
      const degrees = 180 / Math.PI;
      latest[POSE.head_x] = clamp((-sample.rotation.pitch * degrees) / 15);
      latest[POSE.head_y] = latest[POSE.body_y] = clamp((-sample.rotation.yaw * degrees) / 10);
      latest[POSE.neck_z] = latest[POSE.body_z] = clamp((sample.rotation.roll * degrees) / 15);
      latest[POSE.eye_wink_left] = clamp((sample.blendshapes[BLENDSHAPE.eyeBlinkLeft] as number) / 0.8);
      latest[POSE.eye_wink_right] = clamp((sample.blendshapes[BLENDSHAPE.eyeBlinkRight] as number) / 0.8);
    },
    lost() {
      state = state === 'idle' ? 'idle' : 'lost';
    },
    voice() {},
    pose(_timeMs, out = new Float32Array(POSE_SIZE)) {
      out.set(latest);
      return out;
    },
    lookStraight: () => state === 'tracking',
    calibrate(next) {
      calibration = next;
    },
    configure(patch) {
      settings = patchSettings(settings, patch);
    },
    get calibration() {
      return calibration;
    },
    get settings() {
      return settings;
    },
    get state() {
      return state;
    },
  };
}

function clamp(value: number): number {
  return Math.min(1, Math.max(-1, value));
}
