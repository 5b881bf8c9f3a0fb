import type { Crop, RgbaImage } from '@tha4/core';
import type { TeacherFrames, TeacherWindow } from './teacher-frames.ts';

export type { TeacherFrames, TeacherWindow } from './teacher-frames.ts';

/** What a teacher is, and what may be done with what it paints. */
export interface TeacherInfo {
  /** Short name, e.g. `puppet`. */
  readonly name: string;
  /** Licence of what it paints, beyond that of the picture, e.g. `MIT` or `CC BY-NC 4.0`. */
  readonly licence: string;
  /** One line for people: what it needs beside the picture, e.g. `nothing`. */
  readonly needs: string;
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
