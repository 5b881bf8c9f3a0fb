import type { Network, Stage } from '@tha4/core';

/** A stage, and what of it is wanted. */
export interface Step {
  readonly stage: Stage;
  /** Outputs that later steps or the frame need. */
  readonly outputs: readonly string[];
}

/** A whole system: which stages a picture and its poses go through. A step finds its inputs among all earlier outputs. */
export interface TeacherSystem {
  readonly networks: readonly Network[];
  /** Side of pictures and frames, pixels. */
  readonly size: number;
  /** Run once for a picture, which it gets as `image` `[1, size, size, 4]`. */
  readonly perPicture: readonly Step[];
  /** Run for each batch of poses, which they get as `pose` `[n, 45]`. */
  readonly perPose: readonly Step[];
  /** Which outputs make a frame; see `TeacherFrames`. */
  readonly frame: Readonly<Record<FrameOutput, string>>;
}

/** Parts of a frame. */
export const FRAME_OUTPUTS = ['posed', 'warped', 'gridChange', 'direct', 'faceMorphed'] as const;
export type FrameOutput = (typeof FRAME_OUTPUTS)[number];

/** What of the stages that both systems share is wanted. */
export const FACE_STEPS: Readonly<Record<'prepare' | 'face', Pick<Step, 'outputs'>>> = {
  prepare: {
    outputs: ['eyebrow_decomposer.background_layer', 'eyebrow_decomposer.eyebrow_layer', 'encoded_eyebrows'],
  },
  face: { outputs: ['face_morphed_full'] },
};
