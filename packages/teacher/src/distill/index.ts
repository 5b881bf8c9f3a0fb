export { comparison } from './comparison.ts';
export { type Distilled, type DistillInputs, distill, type Preview } from './distill.ts';
export type { DistillEvent, DistillPhase } from './events.ts';
export {
  type CreatePainter,
  type Examined,
  type MeanQuality,
  MOST_DECIBELS,
  meanQuality,
  type StudentPainter,
} from './exam.ts';
export { differences, type Fingerprint, hashOf } from './fingerprint.ts';
export { type FrameOrder, wholeFrames, windowedFrames } from './frame-order.ts';
export { type HeldOutPose, heldOutPoses } from './held-out-poses.ts';
export type { LossPoint, QualityPoint } from './history.ts';
export type { RunRecipe, RunTrainer, RunTrainers, Work } from './recipe.ts';
export { createStateStore, type FoundState, type StateStore } from './state/state-store.ts';
export { StoppedError } from './stopped.ts';
export type { TrainingStatus } from './training-inputs.ts';
export { listedPoses, type PoseStream, readPoseList, sampledPoses } from './training-poses.ts';
export {
  createTrainers,
  runRecipe,
  STUDENT_SHAPES,
  type StudentShape,
  type TrainerSetup,
  type WasmTrainers,
} from './wasm-trainers.ts';
