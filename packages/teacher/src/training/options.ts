import type { Weights } from '@tha4/core';
import type { KernelVariant } from '@tha4/kernels';
import type { ThreadHandle } from '@tha4/kernels/threads';
import type { InitialWeights } from './network/initial-weights.ts';
import type { Optimiser } from './network/layout.ts';

/** What face and body trainer are made with. */
export interface TrainerOptions {
  readonly seed: number;
  /** Frames that it holds at once. */
  readonly slots: number;
  /** The character in model space, `[S, S, 4]`: what moves is told by comparing with it. */
  readonly image: Float32Array;
  /** Weights to begin from, or how to draw them. */
  readonly start: InitialWeights | Weights;
  /** Half-life, in updates, of the average that `weights` returns; 0 for the last update's weights. */
  readonly averageUpdates: number;
  /** Adam where it is not given. */
  readonly optimiser?: Optimiser;
  /** The last layer's learning rate, as a factor of the others'; 1 where it is not given. */
  readonly lastRate?: number;
  /** Whether frames are kept as float32. Else they are 16-bit numbers in steps of 6e-5, at half the size. */
  readonly exact: boolean;
  readonly variant: KernelVariant;
  /** Threads that work, the calling one counted. It must be allowed to wait (Node, or a worker). */
  readonly threads: number;
  /** Starts a worker that calls `serveTrainingThread`; needed for more than one thread. */
  readonly createThread: (() => ThreadHandle) | null;
}
