import { imageToModel, type RgbaImage, STUDENT, type StudentConfig, TEACHER_FACE_CROP } from '@tha4/core';
import type { KernelVariant } from '@tha4/kernels';
import type { ThreadHandle } from '@tha4/kernels/threads';
import { BodyTrainer } from '../training/body/body-trainer.ts';
import { FaceTrainer } from '../training/face/face-trainer.ts';
import { faceCropOf, LITE, type NetworkRecipe, type TrainingRecipe } from '../training/recipes.ts';
import { type TrainingSchedule, updateAt } from '../training/schedule.ts';
import type { NetworkTrainer } from '../training/trainer.ts';
import type { RunRecipe, RunTrainer, RunTrainers } from './recipe.ts';

/** Values of `--student`, and the sizes that they stand for. */
export const STUDENT_SHAPES: Readonly<Record<StudentShape, StudentConfig>> = { paper: STUDENT, lite: LITE };
export type StudentShape = 'paper' | 'lite';

/** Between two measurements on the way, seconds of a budget; and how many there are. */
const MEASURE_EVERY = 30;
const FEWEST_MEASUREMENTS = 4;
const MOST_MEASUREMENTS = 40;

/**
 * What a run needs to know of a recipe.
 *
 * @param budgetSeconds `null`: the recipe says how much
 * @param windows whether most frames are windows; see `windowedFrames`
 */
export function runRecipe(
  name: string,
  recipe: TrainingRecipe,
  budgetSeconds: number | null,
  windows: boolean,
): RunRecipe {
  const { student, firstFrames, face, body } = recipe;
  const frames = windows ? recipe.windowedFrames : recipe.frames;
  const measurements =
    budgetSeconds === null ? Math.round(Math.sqrt(body.updates) / 5) : Math.round(budgetSeconds / MEASURE_EVERY);
  return {
    name,
    student,
    firstFrames,
    work: { frames, faceSteps: face.updates, bodySteps: body.updates },
    measurements: Math.min(Math.max(measurements, FEWEST_MEASUREMENTS), MOST_MEASUREMENTS),
  };
}

/** What trainers are made with, beside their recipe. */
export interface TrainerSetup {
  readonly seed: number;
  /** `[512, 512]` */
  readonly image: RgbaImage;
  /** White where the face moves. */
  readonly mask: RgbaImage;
  readonly variant: KernelVariant;
  readonly threads: number;
  readonly createThread: (() => ThreadHandle) | null;
}

/** The trainers of a run on the WebAssembly kernels. */
export interface WasmTrainers extends RunTrainers {
  /** Memory that they hold. */
  readonly bytes: number;
  readonly dispose: () => void;
}

/** @throws {BackendError} when a thread does not start, or the memory is not to be had */
export async function createTrainers(recipe: TrainingRecipe, setup: TrainerSetup): Promise<WasmTrainers> {
  const { face, body } = recipe.student;
  const { image, mask } = setup;
  const crop = faceCropOf(recipe.student);
  const model = imageToModel(image);
  const options = <S, L>({ slots, sampling, start, optimiser = 'adam', averageUpdates }: NetworkRecipe<S, L>) => ({
    seed: setup.seed,
    slots,
    sampling,
    start,
    optimiser,
    averageUpdates,
    image: model,
    exact: false,
    variant: setup.variant,
    threads: setup.threads,
    createThread: setup.createThread,
  });
  const faceTrainer = await FaceTrainer.create({
    ...options(recipe.face),
    config: face,
    crop,
    imageSize: image.width,
    mask: Float32Array.from({ length: image.width * image.height }, (_, i) => (mask.data[4 * i]! > 127 ? 1 : 0)),
  });
  const bodyTrainer = await BodyTrainer.create({
    ...options(recipe.body),
    config: body,
    moved: TEACHER_FACE_CROP,
    face: crop,
    keepWarped: false,
  });
  return {
    face: bindTrainer(faceTrainer, recipe.face.schedule),
    body: bindTrainer(bodyTrainer, recipe.body.schedule),
    bytes: faceTrainer.bytes + bodyTrainer.bytes,
    dispose: () => {
      faceTrainer.dispose();
      bodyTrainer.dispose();
    },
  };
}

/** A trainer that knows its schedule. */
export function bindTrainer<L>(trainer: NetworkTrainer<L>, schedule: TrainingSchedule<L>): RunTrainer {
  return {
    slots: trainer.slots,
    put: (slot, frame) => trainer.put(slot, frame),
    step: (progress) => trainer.step(updateAt(schedule, progress)),
    weights: () => trainer.weights(),
    save: () => trainer.save(),
    restore: (state) => trainer.restore(state),
  };
}
