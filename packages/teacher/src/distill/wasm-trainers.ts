import { imageToModel, type RgbaImage, STUDENT, type StudentConfig, TEACHER_FACE_CROP } from '@tha4/core';
import type { KernelVariant } from '@tha4/kernels';
import type { ThreadHandle } from '@tha4/kernels/threads';
import { BodyTrainer } from '../training/body/body-trainer.ts';
import { FaceTrainer } from '../training/face/face-trainer.ts';
import type { NetworkTrainer, Update } from '../training/trainer.ts';
import type { RunRecipe, RunTrainer, RunTrainers } from './recipe.ts';

export const RECIPE_NAMES = ['draft'] as const;
export type RecipeName = (typeof RECIPE_NAMES)[number];
export const STUDENT_SHAPES = ['paper', 'lite'] as const;
export type StudentShape = (typeof STUDENT_SHAPES)[number];

const LITE: StudentConfig = {
  ...STUDENT,
  face: { ...STUDENT.face, widths: [96, 96, 96, 96, 96] },
  body: {
    ...STUDENT.body,
    levels: STUDENT.body.levels.map(({ size, widths }) => ({
      size,
      widths: widths.map((w) => Math.round(w / 2 / 4) * 4),
    })),
  },
};

export function runRecipe(name: RecipeName, shape: StudentShape): RunRecipe {
  return {
    name,
    student: shape === 'lite' ? LITE : STUDENT,
    firstFrames: 48,
    work: { frames: 240, faceSteps: 3000, bodySteps: 1500 },
    measurements: 12,
  };
}

export interface TrainerSetup {
  readonly seed: number;
  readonly image: RgbaImage;
  readonly mask: RgbaImage;
  readonly variant: KernelVariant;
  readonly threads: number;
  readonly createThread: (() => ThreadHandle) | null;
}

export interface DistillTrainers extends RunTrainers {
  readonly bytes: number;
  readonly dispose: () => void;
}

export async function createTrainers(recipe: RunRecipe, setup: TrainerSetup): Promise<DistillTrainers> {
  const { face, body, faceTop: top, faceLeft: left } = recipe.student;
  const size = setup.image.width;
  const crop = { top, left, height: face.imageSize, width: face.imageSize };
  const common = {
    seed: setup.seed,
    image: imageToModel(setup.image),
    averageUpdates: 100,
    exact: false,
    variant: setup.variant,
    threads: setup.threads,
    createThread: setup.createThread,
  };
  const faceTrainer = await FaceTrainer.create({
    ...common,
    slots: 256,
    config: face,
    crop,
    imageSize: size,
    mask: Float32Array.from({ length: size * size }, (_, i) => (setup.mask.data[4 * i]! > 127 ? 1 : 0)),
    start: { lastScale: 0.1, lastBias: null },
    sampling: { kind: 'points', tiles: 64, masked: 0.4, moving: 0.3 },
  });
  const bodyTrainer = await BodyTrainer.create({
    ...common,
    slots: 128,
    config: body,
    moved: TEACHER_FACE_CROP,
    face: crop,
    keepWarped: false,
    start: { lastScale: 0.1, lastBias: null },
    sampling: { kind: 'patches', patches: 48, cells: 6, painted: 0.4, moving: 0.3, face: 0.1 },
  });
  const cosine = (progress: number): number => Math.max(0.01, 0.5 * (1 + Math.cos(Math.PI * progress)));
  return {
    face: bind(faceTrainer, (p) => ({ rate: 1e-3 * cosine(p), loss: { full: 1, masked: 20 } })),
    body: bind(bodyTrainer, (p) => ({
      rate: 5e-4 * cosine(p),
      loss: { blended: 1, warped: 1, gridChange: 1, direct: 1 },
    })),
    bytes: faceTrainer.bytes + bodyTrainer.bytes,
    dispose: () => {
      faceTrainer.dispose();
      bodyTrainer.dispose();
    },
  };
}

function bind<L>(trainer: NetworkTrainer<L>, update: (progress: number) => Update<L>): RunTrainer {
  return {
    slots: trainer.slots,
    put: (slot, frame) => trainer.put(slot, frame),
    step: (progress) => trainer.step(update(progress)),
    weights: () => trainer.weights(),
    save: () => trainer.save(),
    restore: (state) => trainer.restore(state),
  };
}
