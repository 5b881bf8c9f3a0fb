import type { Crop, Weights } from '@tha4/core';

/**
 * One pose and what the teacher painted in it, as a trainer takes it: NHWC float32 in model space; the frame's side is S,
 * the window's height and width are H and W.
 */
export interface TrainingFrame {
  /** 45 numbers. */
  readonly pose: Float32Array;
  /** The part of the frame that is painted; all of it where it is not given. Whole cells of the body's lowest level. */
  readonly window?: Crop;
  /** `[H, W, 4]` */
  readonly posed: Float32Array;
  /** `[H, W, 4]` */
  readonly warped: Float32Array;
  /** `[H, W, 2]` */
  readonly gridChange: Float32Array;
  /** `[S, S, 4]` */
  readonly faceMorphed: Float32Array;
}

/** Factors of the face's loss: mean L1 over the face, and the same times the mask. */
export interface FaceLossWeights {
  readonly full: number;
  readonly masked: number;
}

/** Factors of the body's loss: mean L1 of the frame, the warped picture, the flow, and the painted colour. */
export interface BodyLossWeights {
  readonly blended: number;
  readonly warped: number;
  readonly gridChange: number;
  /** The colour branch, compared with the posed frame. */
  readonly direct: number;
  /**
   * Errors of the flow below this count squared (Huber), in the flow's units, where the picture is 2 wide; 0: plain L1.
   * A teacher's flow has no noise, so squares let updates become small as the flow becomes right.
   */
  readonly flowSoftness?: number;
  /**
   * Factor of `warped` and `gridChange` where neither the teacher's warped picture nor the student's shows anything: where
   * the flow comes from does not matter there. 1 where it is not given.
   */
  readonly unseen?: number;
  /**
   * How much less both count where the teacher paints over what it warps: by this times the mean difference of both
   * pictures, down to a tenth. 0 where it is not given.
   */
  readonly overpaint?: number;
}

/** What one update is done with; a recipe says it from the progress. */
export interface Update<L> {
  /** Learning rate. */
  readonly rate: number;
  readonly loss: L;
  /** Which of the sampling's sizes it learns from, where there are several; 0 where it is not given. */
  readonly size?: number;
}

/** What one update of the weights did. */
export interface TrainStep {
  /** Loss of the samples of this update, before it. */
  readonly loss: number;
  /** Output pixels that this update learned from. */
  readonly samples: number;
}

/** Everything a trainer needs to go on as if it had never stopped: names -> numbers. */
export type TrainerState = ReadonlyMap<string, Float32Array | Uint32Array>;

/**
 * Trains one network (face or body morpher) on frames that lie in numbered slots. The order of `put` and `step` calls
 * and the seed decide everything: the same calls give the same weights, however many threads there are.
 */
export interface NetworkTrainer<L = FaceLossWeights | BodyLossWeights> {
  readonly network: 'face' | 'body';
  /** Number of slots for frames. */
  readonly slots: number;
  /** Bytes of memory it holds. */
  readonly bytes: number;
  /** Copies what this trainer needs of a frame into a slot, in place of the one that was there. */
  put(slot: number, frame: TrainingFrame): void;
  /** One update. @throws when no slot was filled yet, or the loss is not finite */
  step(update: Update<L>): Promise<TrainStep>;
  /** The weights to keep (averaged over updates, where the trainer does that), under the checkpoint's own keys. */
  weights(): Weights;
  /** Weights, moments, averages, update number, random state; not the frames. */
  save(): TrainerState;
  /** @throws when the state is not of this trainer's network, config and sampling */
  restore(state: TrainerState): void;
  dispose(): void;
}
