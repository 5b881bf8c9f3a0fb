import { channelFitter, separateSmileAndBlink } from '../calibration/apply-calibration.ts';
import type { Calibration } from '../calibration/calibration.ts';
import { deriveChannels } from '../landmarks/derive-channels.ts';
import { type FaceMetrics, measureFace } from '../landmarks/face-metrics.ts';
import { RestMetrics } from '../landmarks/rest-metrics.ts';
import { mapFace } from '../mapping/map-face.ts';
import { clamp, mix } from '../mapping/ramp.ts';
import { mirrorPose } from '../pose/mirror-pose.ts';
import { POSE_SIZE } from '../pose/names.ts';
import { BLENDSHAPE, BLENDSHAPE_COUNT } from '../sample/blendshape-names.ts';
import type { FaceSample, Gaze, HeadRotation } from '../sample/face-sample.ts';
import { bothOpen, type Eyes, readGaze, writeGaze } from '../sample/gaze.ts';
import { withoutPositionLeak } from '../sample/position-leak.ts';
import { OneEuro } from '../smoothing/one-euro.ts';
import { GAZE_AT, PART_OF_SIGNAL, PARTS, ROTATION_AT, SIGNAL_COUNT, SIGNAL_SMOOTHING } from './parts.ts';
import type { DriverSettings } from './settings.ts';

/** A gap in the samples after which the filters start anew. */
const GAP_MS = 500;
/** `eyeBlink*` of eyes that are open, so that what is measured is a face at rest. */
const OPEN_BLINK = 0.25;

/** Samples to the pose that the face has: landmarks, calibration, smoothing, mapping. */
export class FaceTarget {
  readonly #filter = new OneEuro(SIGNAL_SMOOTHING);
  readonly #signals = new Float64Array(SIGNAL_COUNT);
  readonly #amounts = new Float64Array(SIGNAL_COUNT);
  readonly #channels = this.#signals.subarray(0, BLENDSHAPE_COUNT);
  readonly #reading = new Float64Array(BLENDSHAPE_COUNT);
  readonly #metrics: FaceMetrics = { eyeLeft: 0, eyeRight: 0, noseLeft: 0, noseRight: 0, cheeks: 0 };
  readonly #rest = new RestMetrics();
  readonly #look: Eyes = { pitch: 0, yaw: 0 };
  #fit = (_channels: Float64Array): void => {};
  #calibration: Calibration;
  #timeMs = Number.NaN;
  /** The pose of the newest sample, mirrored where that is set. */
  readonly pose: Float64Array = new Float64Array(POSE_SIZE);

  constructor(calibration: Calibration) {
    this.#calibration = calibration;
    this.calibrate(calibration);
  }

  calibrate(calibration: Calibration): void {
    this.#calibration = calibration;
    this.#fit = channelFitter(calibration);
  }

  reset(): void {
    this.#timeMs = Number.NaN;
    this.#filter.reset();
    this.#rest.reset();
  }

  /** Takes a sample that was checked and is newer than the last one. */
  take(sample: FaceSample, settings: DriverSettings): void {
    const channels = this.#channels;
    for (let i = 0; i < BLENDSHAPE_COUNT; i++) channels[i] = clamp(sample.blendshapes[i]!);
    if (sample.landmarks !== undefined) this.#readLandmarks(sample);
    this.#fit(channels);
    separateSmileAndBlink(channels, this.#calibration.crosstalk);

    this.#readGaze(sample);

    const { rotation, position } = sample;
    const turned = position === undefined ? rotation : withoutPositionLeak(rotation, position);
    this.#signals[ROTATION_AT] = clamp(turned.pitch, -Math.PI, Math.PI);
    this.#signals[ROTATION_AT + 1] = clamp(turned.yaw, -Math.PI, Math.PI);
    this.#signals[ROTATION_AT + 2] = clamp(turned.roll, -Math.PI, Math.PI);

    if (!(sample.timeMs - this.#timeMs < GAP_MS)) this.#filter.reset();
    this.#timeMs = sample.timeMs;
    for (let i = 0; i < SIGNAL_COUNT; i++) this.#amounts[i] = settings.smoothing[PARTS[PART_OF_SIGNAL[i]!]!];
    this.#filter.update(sample.timeMs, this.#signals, this.#amounts);
    this.remap(settings);
  }

  /** Maps the newest sample again, with other settings or calibration. */
  remap(settings: DriverSettings): void {
    const smooth = this.#filter.value;
    const { sensitivity } = settings;
    for (let i = 0; i < BLENDSHAPE_COUNT; i++) {
      this.#reading[i] = clamp(smooth[i]! * sensitivity[PARTS[PART_OF_SIGNAL[i]!]!]);
    }
    const { straight, gaze } = this.#calibration;
    const look = {
      pitch: clamp((smooth[GAZE_AT]! - gaze.pitch) * sensitivity.gaze, -1),
      yaw: clamp((smooth[GAZE_AT + 1]! - gaze.yaw) * sensitivity.gaze, -1),
    };
    writeGaze(look, this.#reading);
    const rotation = {
      pitch: (smooth[ROTATION_AT]! - straight.pitch) * sensitivity.head,
      yaw: (smooth[ROTATION_AT + 1]! - straight.yaw) * sensitivity.head,
      roll: (smooth[ROTATION_AT + 2]! - straight.roll) * sensitivity.head,
    };
    mapFace({ blendshapes: this.#reading, rotation }, settings.mapping, this.pose);
    if (settings.mirror) mirrorPose(this.pose);
  }

  /** What head and eyes read now, smoothed: what `Calibration` keeps as straight ahead. */
  straight(): { straight: HeadRotation; gaze: Gaze } {
    const [pitch = 0, yaw = 0, roll = 0, gazePitch = 0, gazeYaw = 0] = this.#filter.value.subarray(ROTATION_AT);
    return { straight: { pitch, yaw, roll }, gaze: { pitch: gazePitch, yaw: gazeYaw } };
  }

  #readLandmarks(sample: FaceSample): void {
    const metrics = measureFace(sample.landmarks!, this.#metrics);
    if (metrics === null) return;
    const blink = Math.max(this.#channels[BLENDSHAPE.eyeBlinkLeft]!, this.#channels[BLENDSHAPE.eyeBlinkRight]!);
    if (blink < OPEN_BLINK) this.#rest.update(sample.timeMs, metrics);
    const rest = this.#calibration.metrics ?? this.#rest.value;
    if (rest !== null) deriveChannels(this.#channels, metrics, rest);
  }

  /** Takes where the eyes look. While one is shut, trackers say that the other looks down: then it counts little. */
  #readGaze(sample: FaceSample): void {
    const eyes = readGaze(this.#channels, sample.gaze, this.#look);
    if (eyes === null) return;
    const sinceMs = sample.timeMs - this.#timeMs;
    // Not nothing: there are people with one eye.
    const least = sinceMs < GAP_MS ? 1 - Math.exp(-sinceMs / 1000) : 1;
    const share = sample.gaze === undefined ? Math.max(least, bothOpen(this.#channels)) : 1;
    this.#signals[GAZE_AT] = mix(this.#signals[GAZE_AT]!, eyes.pitch, share);
    this.#signals[GAZE_AT + 1] = mix(this.#signals[GAZE_AT + 1]!, eyes.yaw, share);
  }
}
