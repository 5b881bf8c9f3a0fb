import { type Crop, FACE_POSE_SIZE, POSE_SIZE, STUDENT, type StudentConfig } from '@tha4/core';
import type { BodySampling } from './body/body-sampling.ts';
import type { FaceSampling } from './face/face-sampling.ts';
import { type InitialWeights, ORIGINAL_START } from './network/initial-weights.ts';
import type { Optimiser } from './network/layout.ts';
import type { TrainingSchedule } from './schedule.ts';
import type { BodyLossWeights, FaceLossWeights } from './trainer.ts';

/** How one network is trained. */
export interface NetworkRecipe<S, L> {
  readonly updates: number;
  /** Frames that its trainer holds. */
  readonly slots: number;
  readonly sampling: S;
  readonly start: InitialWeights;
  /** Adam where it is not given. */
  readonly optimiser?: Optimiser;
  /** Half-life of the average of the weights, in updates; 0 for none. */
  readonly averageUpdates: number;
  readonly schedule: TrainingSchedule<L>;
}

/** A way to train a student: plain data. */
export interface TrainingRecipe {
  readonly student: StudentConfig;
  /** Frames that the teacher paints in all, spread over the run, and how many of them before the first update. */
  readonly frames: number;
  /** The same for a teacher that paints windows of frames (`windowedFrames`); 0: whole frames by any teacher. */
  readonly windowedFrames: number;
  readonly firstFrames: number;
  readonly face: NetworkRecipe<FaceSampling, FaceLossWeights>;
  readonly body: NetworkRecipe<BodySampling, BodyLossWeights>;
}

/**
 * The original's recipe: 1,000,000 examples for the face, 1,500,000 for the body, eight at a time, every pixel.
 *
 * Here every example is a frame of its own; the original has 500,000 poses and sees each two and three times.
 * Source: `distiller/distiller_config.py` and the trainers of the THA4 demo.
 */
export const PAPER: TrainingRecipe = {
  student: STUDENT,
  frames: 1_500_000,
  windowedFrames: 0,
  firstFrames: 8,
  face: {
    updates: 125_000,
    slots: 8,
    sampling: { kind: 'whole', frames: 8 },
    start: ORIGINAL_START,
    averageUpdates: 0,
    schedule: {
      rate: {
        kind: 'steps',
        steps: [
          { until: 0.2, rate: 1e-4 },
          { until: 0.5, rate: 1e-4 / 3 },
          { until: 0.8, rate: 1e-5 },
          { until: 1, rate: 1e-5 / 3 },
        ],
      },
      losses: [{ until: 1, loss: { full: 1, masked: 20 } }],
    },
  },
  body: {
    updates: 187_500,
    slots: 8,
    sampling: { kind: 'whole', frames: 8, cells: 10 },
    start: ORIGINAL_START,
    averageUpdates: 0,
    schedule: {
      rate: {
        kind: 'steps',
        steps: [
          { until: 2 / 15, rate: 1e-4 },
          { until: 6 / 15, rate: 3e-5 },
          { until: 13 / 15, rate: 1e-5 },
          { until: 1, rate: 3e-6 },
        ],
      },
      losses: [
        { until: 4 / 15, loss: { blended: 0.25, warped: 0.25, gridChange: 0.5, direct: 2 } },
        { until: 8 / 15, loss: { blended: 1, warped: 2.5, gridChange: 5, direct: 1 } },
        { until: 1, loss: { blended: 10, warped: 1, gridChange: 1, direct: 1 } },
      ],
    },
  },
};

/** Half the paper's widths, in multiples of eight, which the kernels take without padding. */
export const LITE: StudentConfig = {
  ...STUDENT,
  face: { ...STUDENT.face, widths: [96, 96, 96, 96, 96] },
  body: {
    ...STUDENT.body,
    levels: [
      { size: 128, widths: [184, 184, 96] },
      { size: 256, widths: [96, 96, 48] },
      { size: 512, widths: [48, 48, 48] },
    ],
  },
};

// The flow's own term is smooth; those through the picture are noise until the flow is nearly right. What the flow is where
// nothing is seen of it, or something is painted over it, costs much and shows nowhere.
const FLOW_FIRST = { blended: 1, warped: 1, gridChange: 30, direct: 1, flowSoftness: 0.02, unseen: 0.02, overpaint: 2 };
const MOTION_IS_KNOWN: TrainingSchedule<BodyLossWeights>['losses'] = [
  { until: 1, loss: { ...FLOW_FIRST, blended: 4, warped: 3 } },
];
const MOTION_COMES_FIRST: TrainingSchedule<BodyLossWeights>['losses'] = [
  { until: 0.4, loss: FLOW_FIRST },
  ...MOTION_IS_KNOWN,
];

/** Where a student's face lies in the picture. */
export function faceCropOf({ face, faceTop, faceLeft }: StudentConfig): Crop {
  return { top: faceTop, left: faceLeft, height: face.imageSize, width: face.imageSize };
}

/** Minutes on two cores; docs/training.md tells how its numbers were found. */
export const DRAFT: TrainingRecipe = {
  student: LITE,
  frames: 800,
  windowedFrames: 6000,
  firstFrames: 64,
  face: {
    updates: 14_000,
    slots: 320,
    // Small batches and many updates learn fastest.
    sampling: { kind: 'points', tiles: 16, masked: 0.3, moving: 0.3 },
    start: ORIGINAL_START,
    optimiser: 'soap',
    averageUpdates: 300,
    schedule: {
      // Half as much again works better where it works; twice as much breaks.
      rate: { kind: 'cosine', peak: 5e-4, warmUp: 0.02, floor: 0.01 },
      losses: [{ until: 1, loss: { full: 1, masked: 5 } }],
    },
  },
  body: {
    updates: 25_000,
    slots: 320,
    // Each patch is one sample of pose and place, however large it is: the smallest learn by far the fastest.
    sampling: {
      kind: 'patches',
      sizes: [{ cells: 2, patches: 256 }],
      painted: 0.2,
      // Edges that moved: where an error of the flow is seen.
      moving: 0.4,
      // A sixteenth of the picture, in which nearly all of a character's lines move.
      face: 0.3,
      emphasis: 1,
    },
    start: {
      lastScale: 0.1,
      lastBias: [0, 0, 0.02, 0, 0, 0, 0],
      // What turns a body never sees the face's parameters: to the network they are noise.
      poseScales: Array.from({ length: POSE_SIZE }, (_, i) => (i < FACE_POSE_SIZE ? 0 : 0.5)),
      // Outlines are sharp in the place, and smooth in the pose.
      positionScale: 8,
    },
    // More of an update's time, and more still of what it learns.
    optimiser: 'soap',
    averageUpdates: 300,
    schedule: {
      // At twice as much the levels above learn to ignore the noise that the ones below become.
      rate: { kind: 'cosine', peak: 2e-4, warmUp: 0.02, floor: 0.01 },
      losses: MOTION_COMES_FIRST,
    },
  },
};

/** The draft's settings over some hours on two cores; what it reaches is not measured yet. */
export const STANDARD: TrainingRecipe = {
  ...DRAFT,
  frames: 6000,
  windowedFrames: 60_000,
  firstFrames: 128,
  face: { ...DRAFT.face, updates: 80_000 },
  body: { ...DRAFT.body, updates: 250_000 },
};

export type RecipeName = 'draft' | 'standard' | 'paper';
export const RECIPES: Readonly<Record<RecipeName, TrainingRecipe>> = { draft: DRAFT, standard: STANDARD, paper: PAPER };
