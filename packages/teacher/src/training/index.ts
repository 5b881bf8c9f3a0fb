export type { BodySampling } from './body/body-sampling.ts';
export { BodyTrainer, type BodyTrainerOptions } from './body/body-trainer.ts';
export type { FaceSampling } from './face/face-sampling.ts';
export { FaceTrainer, type FaceTrainerOptions } from './face/face-trainer.ts';
export { type InitialWeights, ORIGINAL_START } from './network/initial-weights.ts';
export type { TrainerOptions } from './options.ts';
export { partOfRecipe } from './part-of-recipe.ts';
export {
  faceCropOf,
  LITE,
  type NetworkRecipe,
  RECIPES,
  type RecipeName,
  type TrainingRecipe,
} from './recipes.ts';
export { type RateSchedule, type TrainingSchedule, updateAt } from './schedule.ts';
export type {
  BodyLossWeights,
  FaceLossWeights,
  NetworkTrainer,
  TrainerState,
  TrainingFrame,
  TrainStep,
  Update,
} from './trainer.ts';
