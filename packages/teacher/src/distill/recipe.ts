import type { StudentConfig, Weights } from '@tha4/core';
import type { TrainerState, TrainingFrame, TrainStep } from '../training/trainer.ts';

/** How much of each kind of work a run does. */
export interface Work {
  /** Poses that the teacher paints for training. */
  readonly frames: number;
  /** Updates of the face morpher. */
  readonly faceSteps: number;
  /** Updates of the body morpher. */
  readonly bodySteps: number;
}

/** What a run needs to know of its recipe; how a network is trained is its trainer's affair. */
export interface RunRecipe {
  /** `draft`, `standard`, `paper` or a name of one's own. */
  readonly name: string;
  readonly student: StudentConfig;
  /** Frames that are there before the first update. */
  readonly firstFrames: number;
  /** A whole run, `firstFrames` counted, where no time is given; with a time, this proportion of it. */
  readonly work: Work;
  /** How often the student is measured on the way. */
  readonly measurements: number;
}

/** A network's trainer with its recipe: it knows what to do at which point of the run. See `NetworkTrainer`. */
export interface RunTrainer {
  readonly slots: number;
  put(slot: number, frame: TrainingFrame): void;
  /** One update. @param progress of the run: 0 at the first update, towards 1 at the last one */
  step(progress: number): Promise<TrainStep>;
  weights(): Weights;
  save(): TrainerState;
  restore(state: TrainerState): void;
}

export interface RunTrainers {
  readonly face: RunTrainer;
  readonly body: RunTrainer;
}
