import { join } from 'node:path';
import { imageToModel } from '@tha4/core';
import { bestVariant } from '@tha4/kernels';
import { describe, expect, it } from 'vitest';
import { wholeFrames } from '../src/distill/frame-order.ts';
import { createStateStore } from '../src/distill/state/state-store.ts';
import { StoppedError } from '../src/distill/stopped.ts';
import { sampledPoses } from '../src/distill/training-poses.ts';
import { TrainingRun } from '../src/distill/training-run.ts';
import { createTrainers, runRecipe } from '../src/distill/wasm-trainers.ts';
import { chooseEngine } from '../src/engines/choose-engine.ts';
import type { EngineName } from '../src/engines/engine.ts';
import { PreparedOfficial } from '../src/official/prepared.ts';
import { LITE, RECIPES } from '../src/training/recipes.ts';
import { drawnFigure } from './support/drawn-face.ts';
import { makeFolder } from './support/folder.ts';
import { fullTha4, narrowTha4 } from './support/small-system.ts';

const { image, mask } = drawnFigure();
// THA4_FULL=1 takes the networks of full size, which takes minutes.
const isFull = process.env.THA4_FULL === '1';
const { system, weights } = isFull ? fullTha4() : narrowTha4();
const DRAFT = RECIPES.draft;
const SLOTS = { slots: 4 };
const RECIPE = {
  ...DRAFT,
  student: LITE,
  frames: 4,
  firstFrames: 2,
  face: { ...DRAFT.face, ...SLOTS, updates: 4 },
  body: { ...DRAFT.body, ...SLOTS, updates: 4 },
};

/** A handful of steps from THA4's pipeline on narrow networks. @param stopAt frames after which Ctrl-C comes */
async function run(folder: string, engineName: EngineName, batch: number, stopAt: number | null): Promise<number[]> {
  const engine = await chooseEngine({ engine: engineName, batch });
  const teacher = await PreparedOfficial.create(engine, system, weights, imageToModel(image));
  const setup = { seed: 1, image, mask, variant: bestVariant() ?? 'plain', threads: 1, createThread: null } as const;
  const trainers = await createTrainers(RECIPE, setup);
  const store = createStateStore(join(folder, 'state'));
  const control = new AbortController();
  const training = new TrainingRun({
    recipe: runRecipe('draft', RECIPE, null, false),
    teacher,
    trainers,
    order: wholeFrames(sampledPoses(1)),
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
  it('goes on after a stop, and ends with the same weights', async () => {
    const whole = await run(makeFolder(), 'cpu', 2, null);
    const folder = makeFolder();
    await expect(run(folder, 'cpu', 2, 3)).rejects.toThrow(StoppedError);
    expect(await run(folder, 'cpu', 2, null)).toEqual(whole);
  });

  it.skipIf(isFull)('runs on TensorFlow.js, too', async () => {
    const weights = await run(makeFolder(), 'tfjs-wasm', 1, null);
    expect(weights.every(Number.isFinite)).toBe(true);
  });
});
