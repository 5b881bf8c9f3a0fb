import type { Weights } from '@tha4/core';
import { wholeFrames } from '../../src/distill/frame-order.ts';
import type { RunRecipe, RunTrainer, RunTrainers } from '../../src/distill/recipe.ts';
import type { StateStore } from '../../src/distill/state/state-store.ts';
import type { TrainingInputs } from '../../src/distill/training-inputs.ts';
import { sampledPoses } from '../../src/distill/training-poses.ts';
import { TrainingRun } from '../../src/distill/training-run.ts';
import type { PreparedTeacher, TeacherFrames } from '../../src/teacher.ts';
import type { TrainingFrame } from '../../src/training/trainer.ts';

/** A teacher whose frames hold nothing but what tells their poses apart. */
export const SMALL_TEACHER: PreparedTeacher = {
  pose: async (poses) => {
    const pixel = Float32Array.from(poses[0]!.subarray(0, 4));
    const frames: TeacherFrames = {
      count: 1,
      size: 1,
      posed: pixel,
      warped: pixel,
      gridChange: pixel.subarray(0, 2),
      direct: pixel,
      faceMorphed: pixel,
    };
    return frames;
  },
  dispose: async () => {},
};

/**
 * A trainer of one number a slot. Its updates depend on everything that a state must keep: the frames that are there, a
 * moment, the number of the update and the point of the run.
 */
export function smallTrainer(slots: number, pause = 0): RunTrainer {
  const frames = new Float32Array(slots);
  const weights = new Float32Array(slots);
  const moments = new Float32Array(slots);
  const count = new Uint32Array(1);
  return {
    slots,
    put: (slot: number, { pose }: TrainingFrame) => {
      frames[slot] = pose[0]! + pose[44]!;
    },
    step: async (progress: number) => {
      if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
      count[0]!++;
      for (let i = 0; i < slots; i++) {
        moments[i] = 0.9 * moments[i]! + frames[(i + count[0]!) % slots]!;
        weights[i] = weights[i]! + (1 - progress) * 0.01 * moments[i]! * Math.sin(count[0]! + i);
      }
      return { loss: 1 / count[0]!, samples: slots };
    },
    weights: (): Weights => new Map([['w', { shape: [slots], data: weights.slice() }]]),
    save: () =>
      new Map<string, Float32Array | Uint32Array>([
        ['weights', weights.slice()],
        ['moments', moments.slice()],
        ['count', count.slice()],
      ]),
    restore: (state) => {
      weights.set(state.get('weights')!);
      moments.set(state.get('moments')!);
      count.set(state.get('count')!);
    },
  };
}

export const SMALL_RECIPE: RunRecipe = {
  name: 'small',
  student: {
    face: { imageSize: 1, poseSize: 39, widths: [1] },
    body: { poseSize: 45, levels: [] },
    faceTop: 0,
    faceLeft: 0,
  },
  firstFrames: 3,
  work: { frames: 40, faceSteps: 150, bodySteps: 100 },
  measurements: 5,
};

export const SMALL_FINGERPRINT = { picture: 'none', seed: '7' };

export interface SmallRun {
  readonly run: TrainingRun;
  readonly trainers: RunTrainers;
}

/** A run of small trainers. @param store where its state lies @param pause of each update, ms */
export async function smallRun(store: StateStore, change: Partial<TrainingInputs> = {}, pause = 0): Promise<SmallRun> {
  const trainers = { face: smallTrainer(5, pause), body: smallTrainer(8, pause) };
  const run = new TrainingRun({
    recipe: SMALL_RECIPE,
    teacher: SMALL_TEACHER,
    trainers,
    order: wholeFrames(sampledPoses(7)),
    store,
    fingerprint: SMALL_FINGERPRINT,
    found: await store.load(),
    budgetSeconds: null,
    spentSeconds: 0,
    finishSeconds: () => 0,
    measure: async (face) => {
      const [first] = face.get('w')!.data;
      return { psnr: 20 + first!, facePsnr: 20 - first! };
    },
    preview: async () => {},
    emit: () => {},
    signal: new AbortController().signal,
    now: () => performance.now() / 1000,
    ...change,
  });
  return { run, trainers };
}

/** All numbers of both networks, to be compared bit for bit. */
export function weightsOf({ face, body }: RunTrainers): number[] {
  return [face, body].flatMap((trainer) => [...trainer.weights().get('w')!.data]);
}
