export { loadTrainingKernels, TRAINING_PAGES, type TrainingKernels } from './load-training-kernels.ts';
