import { join } from 'node:path';
import { imageToModel } from '@tha4/core';
import { bestVariant } from '@tha4/kernels';
import { describe, expect, it } from 'vitest';
import { drawnFigure } from '../../test/support/drawn-face.ts';
import { makeFolder } from '../../test/support/folder.ts';
import { SMALL_SYSTEM, SMALL_WEIGHTS } from '../../test/support/small-system.ts';
import { createStateStore } from '../distill/state/state-store.ts';
import { StoppedError } from '../distill/stopped.ts';
import { sampledPoses } from '../distill/training-poses.ts';
import { TrainingRun } from '../distill/training-run.ts';
import { createTrainers, runRecipe } from '../distill/wasm-trainers.ts';
import { chooseEngine } from '../engines/choose-engine.ts';
import type { EngineName } from '../engines/engine.ts';
import { RECIPES } from '../training/recipes.ts';
import { PreparedOfficial } from './prepared.ts';

const { image, mask } = drawnFigure();
const DRAFT = RECIPES.draft;
const SLOTS = { slots: 4 };
const RECIPE = {
  ...DRAFT,
  frames: 4,
  firstFrames: 2,
  face: { ...DRAFT.face, ...SLOTS, updates: 6 },
  body: { ...DRAFT.body, ...SLOTS, updates: 6 },
};

/** A handful of steps from THA4's pipeline on narrow networks. @param stopAt frames after which Ctrl-C comes */
async function run(folder: string, engineName: EngineName, batch: number, stopAt: number | null): Promise<number[]> {
  const engine = await chooseEngine({ engine: engineName, batch });
  const teacher = await PreparedOfficial.create(engine, SMALL_SYSTEM, SMALL_WEIGHTS, imageToModel(image));
  const setup = { seed: 1, image, mask, variant: bestVariant() ?? 'plain', threads: 1, createThread: null } as const;
  const trainers = await createTrainers(RECIPE, setup);
  const store = createStateStore(join(folder, 'state'));
  const control = new AbortController();
  const training = new TrainingRun({
    recipe: runRecipe('draft', RECIPE, null),
    teacher,
    trainers,
    poseAt: sampledPoses(1),
    store,
    fingerprint: { teacher: 'narrow' },
    found: await store.load(),
    budgetSeconds: null,
    spentSeconds: 0,
    finishSeconds: () => 0,
    measure: async () => ({ psnr: 20, facePsnr: 20 }),
    preview: async () => {},
    emit: (event) => {
      if (event.type === 'progress' && stopAt !== null && event.done.frames >= stopAt) control.abort();
    },
    signal: control.signal,
    now: () => performance.now(), // a second each millisecond: it tells after every step
  });
  try {
    await training.train();
    return [...trainers.face.weights().values(), ...trainers.body.weights().values()].flatMap(({ data }) => [...data]);
  } finally {
    trainers.dispose();
    await teacher.dispose();
    await engine.dispose();
  }
}

describe('a distillation from THA4’s pipeline', () => {
  it('goes on after a stop, and ends with the same weights, also in batches', async () => {
    const whole = await run(makeFolder(), 'cpu', 1, null);
    const folder = makeFolder();
    await expect(run(folder, 'cpu', 1, 3)).rejects.toThrow(StoppedError);
    expect(await run(folder, 'cpu', 1, null)).toEqual(whole);

    const batched = await run(makeFolder(), 'cpu', 3, null);
    const other = makeFolder();
    await expect(run(other, 'cpu', 3, 3)).rejects.toThrow(StoppedError);
    expect(await run(other, 'cpu', 3, null)).toEqual(batched);
  });

  it('runs on TensorFlow.js, too', async () => {
    const weights = await run(makeFolder(), 'tfjs-wasm', 1, null);
    expect(weights.every(Number.isFinite)).toBe(true);
  });
});
