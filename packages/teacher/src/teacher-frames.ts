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
