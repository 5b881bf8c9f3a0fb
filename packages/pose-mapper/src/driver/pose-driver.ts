import { type Calibration, NO_CALIBRATION } from '../calibration/calibration.ts';
import { parseCalibration } from '../calibration/parse-calibration.ts';
import { idlePose } from '../idle/idle-pose.ts';
import { clamp, mix } from '../mapping/ramp.ts';
import { POSE, POSE_MIN, POSE_SIZE } from '../pose/names.ts';
import { checkSample, checkTime } from '../sample/check-sample.ts';
import type { FaceSample, VoiceSample } from '../sample/face-sample.ts';
import { FaceTarget } from './face-target.ts';
import { Follow } from './follow.ts';
import { PART_OF_POSE } from './parts.ts';
import { Presence } from './presence.ts';
import { DEFAULT_SETTINGS, type DriverSettings, type DriverSettingsPatch, patchSettings } from './settings.ts';
import { VoiceMouth } from './voice-mouth.ts';

/** `idle`: nothing drives; `tracking`: a face does; `lost`: it was there and is fading out. */
export type DriverState = 'idle' | 'tracking' | 'lost';

/** What became of the samples. */
export interface DriverCounts {
  /** Samples that drove. */
  readonly observed: number;
  /** Samples with numbers that are not finite; each counted as no face. */
  readonly rejected: number;
  /** Samples not newer than the newest; ignored. */
  readonly stale: number;
}

/** Turns samples into poses: mapping, calibration, smoothing, fading at a loss, idle mixed under. */
export interface PoseDriver {
  /** Takes the newest face. @throws RangeError on arrays of another length or a time that is no number */
  observe(sample: FaceSample): void;
  /** Says that at this time no face was seen. */
  lost(timeMs: number): void;
  /** Takes what lip-sync hears; `null` gives the mouth back. */
  voice(sample: VoiceSample | null): void;
  /**
   * The pose at a time (that of the draw, on the samples' clock).
   * @param out `[45]`, filled and returned; a new array where absent
   * @throws RangeError on an array of another length or a time that is no number
   */
  pose(timeMs: number, out?: Float32Array): Float32Array;
  /** Takes the current head and eyes as straight ahead; false where no face is tracked. */
  lookStraight(): boolean;
  /** @throws RangeError naming the place, where it is none */
  calibrate(calibration: Calibration): void;
  /** Changes some settings; they act at once. @throws RangeError naming the first value that cannot be used */
  configure(patch: DriverSettingsPatch): void;
  /** For another source, perhaps with another clock: the face fades out as if it were gone. Keeps settings and calibration. */
  reset(): void;
  readonly calibration: Calibration;
  readonly settings: DriverSettings;
  readonly state: DriverState;
  readonly counts: DriverCounts;
}

export interface PoseDriverOptions {
  readonly settings?: DriverSettingsPatch;
  readonly calibration?: Calibration;
}

/** How much of the idle body's movement stays while a face drives: a tracked character must not freeze below the neck. */
const BODY_LIFE = 0.4;

export function createPoseDriver(options: PoseDriverOptions = {}): PoseDriver {
  let settings = patchSettings(DEFAULT_SETTINGS, options.settings ?? {});
  let calibration = parseCalibration(options.calibration ?? NO_CALIBRATION);
  const target = new FaceTarget(calibration);
  const presence = new Presence();
  const follow = new Follow();
  const mouth = new VoiceMouth();
  const counts = { observed: 0, rejected: 0, stale: 0 };
  let newestMs = Number.NEGATIVE_INFINITY;
  let drawnMs = Number.NaN;

  /** The newest time that anything was said about. */
  const now = () => Math.max(newestMs, Number.isNaN(drawnMs) ? Number.NEGATIVE_INFINITY : drawnMs);
  const isTracking = () => presence.isTracking(now(), settings.loss.holdMs);

  const lost = (timeMs: number) => {
    checkTime(timeMs, 'face lost');
    newestMs = Math.max(newestMs, timeMs);
    presence.lost(timeMs);
  };
  const calibrate = (next: Calibration) => {
    calibration = parseCalibration(next);
    target.calibrate(calibration);
    if (counts.observed > 0) target.remap(settings);
  };

  return {
    observe(sample) {
      const usable = checkSample(sample);
      if (sample.timeMs <= newestMs) {
        counts.stale++;
        return;
      }
      if (!usable) {
        counts.rejected++;
        lost(sample.timeMs);
        return;
      }
      const wasTracking = isTracking();
      newestMs = sample.timeMs;
      counts.observed++;
      target.take(sample, settings);
      follow.sampled(sample.timeMs);
      if (presence.isGone) follow.jump(target.pose);
      else if (!wasTracking) follow.glide(settings.loss.returnMs);
      presence.seen(sample.timeMs, sample.parts);
    },

    lost,

    voice(sample) {
      mouth.take(sample);
    },

    pose(timeMs, out = new Float32Array(POSE_SIZE)) {
      checkTime(timeMs, 'pose driver');
      if (out.length !== POSE_SIZE) {
        throw new RangeError(`pose driver: expected room for ${POSE_SIZE} numbers, got ${out.length}`);
      }
      const deltaMs = Number.isNaN(drawnMs) ? 0 : Math.max(0, timeMs - drawnMs);
      drawnMs = timeMs;
      presence.advance(timeMs, deltaMs, settings.loss);
      follow.advance(deltaMs, target.pose, settings);

      idlePose(timeMs, settings.idle, out);
      const bodyY = out[POSE.body_y]!;
      const bodyZ = out[POSE.body_z]!;
      for (let i = 0; i < POSE_SIZE; i++) {
        const part = PART_OF_POSE[i]!;
        if (part >= 0) out[i] = mix(out[i]!, follow.value[i]!, presence.weight(part));
      }
      const driven = BODY_LIFE * presence.weight(HEAD);
      out[POSE.body_y]! += driven * bodyY;
      out[POSE.body_z]! += driven * bodyZ;
      mouth.apply(timeMs, deltaMs, settings.voice, out);
      for (let i = 0; i < POSE_SIZE; i++) out[i] = clamp(out[i]!, POSE_MIN[i]);
      return out;
    },

    lookStraight() {
      if (!isTracking()) return false;
      calibrate({ ...calibration, ...target.straight() });
      return true;
    },

    calibrate,

    configure(patch) {
      settings = patchSettings(settings, patch);
      if (counts.observed > 0) target.remap(settings);
    },

    reset() {
      target.reset();
      presence.forget();
      mouth.take(null);
      newestMs = Number.NEGATIVE_INFINITY;
      drawnMs = Number.NaN;
    },

    get calibration() {
      return calibration;
    },
    get settings() {
      return settings;
    },
    get state() {
      if (isTracking()) return 'tracking';
      return presence.isGone ? 'idle' : 'lost';
    },
    get counts() {
      return counts;
    },
  };
}

/** Place of the head in `PARTS`. */
const HEAD = 4;
