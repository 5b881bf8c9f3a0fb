import type { Weights } from '@tha4/core';
import type { PreparedTeacher } from '../teacher.ts';
import type { DistillEvent } from './events.ts';
import type { Fingerprint } from './fingerprint.ts';
import type { FrameOrder } from './frame-order.ts';
import type { LossPoint, QualityPoint } from './history.ts';
import type { RunRecipe, RunTrainers, Work } from './recipe.ts';
import type { FoundState, StateStore } from './state/state-store.ts';

/** What a training run works with. */
export interface TrainingInputs {
  readonly recipe: RunRecipe;
  readonly teacher: PreparedTeacher;
  readonly trainers: RunTrainers;
  readonly order: FrameOrder;
  readonly store: StateStore;
  readonly fingerprint: Fingerprint;
  /** A state of the same fingerprint to go on from. */
  readonly found: FoundState | null;
  /** Time for everything, seconds; `null`: the recipe's work, however long it takes. */
  readonly budgetSeconds: number | null;
  /** Spent before the training began, seconds. */
  readonly spentSeconds: number;
  /** What of the budget the end of the run will need, seconds. */
  readonly finishSeconds: () => number;
  /** Measures on held-out poses. */
  readonly measure: (face: Weights, body: Weights) => Promise<Pick<QualityPoint, 'psnr' | 'facePsnr'>>;
  /** Shows what the student can do; called every few seconds. */
  readonly preview: (face: Weights, body: Weights, run: TrainingStatus) => Promise<void>;
  readonly emit: (event: DistillEvent) => void;
  readonly signal: AbortSignal;
  /** A clock, seconds. */
  readonly now: () => number;
}

/** How a run stands. */
export interface TrainingStatus {
  readonly progress: number;
  readonly seconds: number;
  readonly secondsLeft: number | null;
  readonly pixelsPerSecond: number;
  readonly done: Work;
  readonly losses: readonly LossPoint[];
  readonly quality: readonly QualityPoint[];
  readonly plateau: boolean;
}
