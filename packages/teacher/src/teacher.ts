import type { Crop, RgbaImage } from '@tha4/core';

/** What a teacher is, and what may be done with what it paints. */
export interface TeacherInfo {
  /** Short name, e.g. `puppet`. */
  readonly name: string;
  /** Licence of what it paints, beyond that of the picture, e.g. `MIT` or `CC BY-NC 4.0`. */
  readonly licence: string;
  /** One line for people: what it needs beside the picture, e.g. `nothing`. */
  readonly needs: string;
}

/**
 * Frames of a batch of n poses, each NHWC float32 of the picture's side S, in model space: RGBA in linear light,
 * premultiplied, [-1, 1].
 */
export interface TeacherFrames {
  readonly count: number;
  /** Side of the frames, pixels. */
  readonly size: number;
  /** The character in the pose: `blend(warped, direct)`, `[n, S, S, 4]`. */
  readonly posed: Float32Array;
  /** `faceMorphed` sampled at identity + `gridChange`, `[n, S, S, 4]`. */
  readonly warped: Float32Array;
  /** Appearance flow: columns (x, y), where the picture spans [-1, 1] in both, `[n, S, S, 2]`. */
  readonly gridChange: Float32Array;
  /** What is painted rather than moved, `[n, S, S, 4]`. */
  readonly direct: Float32Array;
  /** The resting picture with its face in the pose (parameters 0 to 38), `[n, S, S, 4]`. */
  readonly faceMorphed: Float32Array;
}

/** A window of a frame, H rows of W pixels, and the face that it was painted around; otherwise as in `TeacherFrames`. */
export interface TeacherWindow {
  /** `[H, W, 4]` */
  readonly posed: Float32Array;
  /** `[H, W, 4]` */
  readonly warped: Float32Array;
  /** `[H, W, 2]` */
  readonly gridChange: Float32Array;
  /** `[S, S, 4]`, the whole picture; a view, valid until the next call. */
  readonly faceMorphed: Float32Array;
}

/** A teacher that has seen its picture. Calls are not queued: wait for one before the next. */
export interface PreparedTeacher {
  /** How many poses it paints best at once; 1 where it does not say. */
  readonly batch?: number;
  /**
   * Paints the character in each pose; the same poses give the same numbers.
   *
   * @param poses 45 numbers each
   * @throws {DOMException} AbortError when `signal` aborts
   */
  pose(poses: readonly Float32Array[], signal?: AbortSignal): Promise<TeacherFrames>;
  /**
   * Paints a window of a frame, where the teacher can do that in much less time than the whole frame. What it paints is
   * what `pose` would; faces that were painted for the call before are not painted again.
   *
   * @param window rows and columns in multiples of 8
   */
  readonly window?: (pose: Float32Array, window: Crop) => Promise<TeacherWindow>;
  /** Frees everything. It cannot be used again. */
  dispose(): Promise<void>;
}

/** Poses any picture, slowly and well; what a student learns from. */
export interface Teacher {
  readonly info: TeacherInfo;
  /**
   * Looks at the picture.
   *
   * @param image `[512, 512]` RGBA, 8-bit sRGB with straight alpha, that keeps the rules for pictures
   * @param mask the face mask, white (255) where brows, eyes, mouth and jaw move; `null` where the teacher needs none
   * @throws {ImageError} when the picture does not keep the rules
   */
  prepare(image: RgbaImage, mask: RgbaImage | null, signal?: AbortSignal): Promise<PreparedTeacher>;
}
