/**
 * How a head is turned against the camera, radians, seen in the camera's own picture (not mirrored).
 *
 * `pitch` + is nose down, `yaw` + is nose to the right of the picture (the person's own left), `roll` + is
 * counter-clockwise in the picture (top of the head to the picture's left, the person's own right).
 * The three are Euler angles about fixed axes, R = Rz(roll) Ry(yaw) Rx(pitch), in a frame with x right, y up and z
 * towards the camera: those of MediaPipe's facial transformation matrix and of the original's converter.
 */
export interface HeadRotation {
  readonly pitch: number;
  readonly yaw: number;
  readonly roll: number;
}

/** Where the head is, centimetres in the frame of `HeadRotation`: x right in the picture, y up, z towards the camera (so negative in front of it). */
export interface HeadPosition {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** Where the eyes look against the head, radians; signs as `HeadRotation` (`pitch` + down, `yaw` + to the person's own left). */
export interface Gaze {
  readonly pitch: number;
  readonly yaw: number;
}

/** The points of a face in the camera's picture. */
export interface FaceLandmarks {
  /** `[478, 3]` as MediaPipe gives them: x, y in 0..1 from the top left of the picture, z smaller is nearer, in the scale of x. */
  readonly points: Float32Array;
  /** Width of the picture divided by its height: without it distances along x and y cannot be compared. */
  readonly aspect: number;
}

/** A part of a face that a source may or may not see. */
export type FacePart = 'brows' | 'eyes' | 'gaze' | 'mouth' | 'head';

/**
 * One moment of a tracked face: what every source (webcam, phone, mouse) hands to a `PoseDriver`.
 * Sides are the person's own and the picture is not mirrored; mirroring is a setting of the driver.
 * A sample is only read while `observe` runs, so its arrays may be used again for the next.
 */
export interface FaceSample {
  /** When the picture was taken, milliseconds on any clock that rises; the one that `PoseDriver.pose` is asked with. */
  readonly timeMs: number;
  /** `[52]` in the order of `BLENDSHAPE_NAMES`, nominally 0..1. */
  readonly blendshapes: Float32Array;
  readonly rotation: HeadRotation;
  readonly position?: HeadPosition;
  readonly landmarks?: FaceLandmarks;
  /** For sources that measure the eyes' angles; in place of the `eyeLook*` blendshapes where given. */
  readonly gaze?: Gaze;
  /** What this source sees; the other parts stay idle. All of them where absent. */
  readonly parts?: readonly FacePart[];
}

/**
 * What the mouth says at a moment, as lip-sync hears it. It takes the place of the tracked mouth's vowels while it is
 * fresh (`DriverSettings.voice`).
 */
export interface VoiceSample {
  /** Same clock as `FaceSample.timeMs`. */
  readonly timeMs: number;
  /** How much of each vowel, 0..1; all 0 is a closed mouth. */
  readonly vowels: VowelWeights;
  /** How much of the mouth the voice takes over, 0 (nothing: silence, leave the mouth to the tracker) to 1. */
  readonly strength: number;
}

/** Amounts of `mouth_aaa`, `mouth_iii`, `mouth_uuu`, `mouth_eee`, `mouth_ooo`, 0..1 each. */
export interface VowelWeights {
  readonly aaa: number;
  readonly iii: number;
  readonly uuu: number;
  readonly eee: number;
  readonly ooo: number;
}
