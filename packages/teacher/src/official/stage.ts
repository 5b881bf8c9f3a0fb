import type { Network, Ops, Params } from '@tha4/core';

/** Tensors of a picture or a frame by name. */
export type Tensors<T> = Readonly<Record<string, T>>;

/**
 * A step on the way of a frame: one network with what leads to it (crops, pastes, resizing). Steps read and write
 * tensors by name.
 */
export interface Stage {
  readonly name: string;
  /** Whose weights it needs. */
  readonly network: Network;
  readonly inputs: readonly StageInput[];
  readonly run: <T>(ops: Ops<T>, params: Params<T>, inputs: Tensors<T>) => Tensors<T>;
}

export interface StageInput {
  readonly name: string;
  /** Without the batch, NHWC for images. */
  readonly shape: readonly number[];
  /** Whether there is one for each pose; otherwise one serves them all. */
  readonly perPose: boolean;
}

/** What a whole system is: plain data and pure functions. Every stage's outputs are there for all later ones. */
export interface TeacherSystem {
  readonly networks: readonly Network[];
  /** Side of pictures and frames, pixels. */
  readonly size: number;
  /** Run once for a picture; the first one gets `image` `[1, size, size, 4]`. */
  readonly perPicture: readonly Stage[];
  /** Run for each batch of poses; they get `pose` `[n, 45]`, and end with the names of `FRAME_OUTPUTS`. */
  readonly perPose: readonly Stage[];
}

/** What the last stages leave, each `[n, size, size, c]` in model space; see `TeacherFrames`. */
export const FRAME_OUTPUTS = ['posed', 'warped', 'gridChange', 'direct', 'faceMorphed'] as const;

/** An input of a stage that belongs to the picture. */
export function ofPicture(name: string, ...shape: readonly number[]): StageInput {
  return { name, shape, perPose: false };
}

/** An input of a stage that belongs to a pose. */
export function ofPose(name: string, ...shape: readonly number[]): StageInput {
  return { name, shape, perPose: true };
}
