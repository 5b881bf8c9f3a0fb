import { describe, expect, test } from 'vitest';
import {
  BODY,
  FACE,
  FACE_CROP,
  SIZE,
  smallBodyTrainer,
  smallFaceTrainer,
  testFrame,
} from '../../test/support/small-trainers.ts';
import { createTrainingThread } from '../../test/support/training-thread.ts';
import type { TrainerOptions } from './options.ts';
import type { NetworkTrainer, TrainStep } from './trainer.ts';

type Trainer = NetworkTrainer<never>;

const CASES = {
  face: {
    create: (options: Partial<TrainerOptions>) => smallFaceTrainer(options) as Promise<unknown> as Promise<Trainer>,
    loss: { full: 1, masked: 3 },
    other: () =>
      smallFaceTrainer({ config: { ...FACE, widths: [12, 10, 12] } }) as Promise<unknown> as Promise<Trainer>,
  },
  body: {
    create: (options: Partial<TrainerOptions>) => smallBodyTrainer(options) as Promise<unknown> as Promise<Trainer>,
    loss: { blended: 1, warped: 1, gridChange: 1, direct: 1 },
    other: () =>
      smallBodyTrainer({
        config: { ...BODY, levels: [{ size: 8, widths: [13] }, ...BODY.levels.slice(1)] },
      }) as Promise<unknown> as Promise<Trainer>,
  },
} as const;

describe.each([
  ['face', 'adam'],
  ['body', 'adam'],
  ['body', 'soap'],
] as const)('%s trainer with %s', (kind, optimiser) => {
  const { create: createAny, loss, other } = CASES[kind];
  const create = (options: Partial<TrainerOptions>): Promise<Trainer> => createAny({ optimiser, ...options });
  const steps = async (trainer: Trainer, count: number): Promise<TrainStep[]> => {
    const done: TrainStep[] = [];
    // The body's patches are of two sizes, in turn.
    for (let i = 0; i < count; i++)
      done.push(await trainer.step({ rate: 1e-3, loss, size: kind === 'body' ? i % 2 : 0 } as never));
    return done;
  };
  const filled = async (options: Partial<TrainerOptions> = {}): Promise<Trainer> => {
    const trainer = await create(options);
    for (let slot = 0; slot < 3; slot++) trainer.put(slot, testFrame(slot));
    return trainer;
  };

  test('gives the same bits with two threads', async () => {
    const one = await filled();
    const two = await filled({ threads: 2, createThread: createTrainingThread });
    expect(await steps(two, 4)).toEqual(await steps(one, 4));
    expect(two.save()).toEqual(one.save());
    for (const trainer of [one, two]) trainer.dispose();
  });

  test('gives other weights with another seed', async () => {
    const [one, other] = [await filled(), await filled({ seed: 6 })];
    for (const trainer of [one, other]) await steps(trainer, 1);
    expect(other.save().get('weights')).not.toEqual(one.save().get('weights'));
  });

  test('goes on from a saved state as if it had never stopped', async () => {
    const whole = await filled({ averageUpdates: 3 });
    await steps(whole, 3);
    const saved = whole.save();
    // A frame that is replaced after the state was kept must be replaced again.
    whole.put(1, testFrame(7));
    const expected = await steps(whole, 3);

    const resumed = await filled({ averageUpdates: 3 });
    await steps(resumed, 1);
    resumed.restore(saved);
    resumed.put(1, testFrame(7));
    expect(await steps(resumed, 3)).toEqual(expected);
    expect(resumed.save()).toEqual(whole.save());
    expect(resumed.weights()).toEqual(whole.weights());
  });

  test('keeps nothing of the state it was restored from', async () => {
    const trainer = await filled();
    const saved = trainer.save();
    const before = new Map([...saved].map(([key, numbers]) => [key, numbers.slice()]));
    trainer.restore(saved);
    await steps(trainer, 1);
    expect(saved).toEqual(before);
  });

  test('refuses the state of another network, and half a state', async () => {
    const trainer = await filled();
    expect(() => trainer.restore(new Map())).toThrow(/expected a state of this network/);
    const foreign = (await other()).save();
    expect(() => trainer.restore(foreign)).toThrow(/expected a state of this network/);
    const cut = new Map(trainer.save()).set('mean', new Float32Array(3));
    expect(() => trainer.restore(cut)).toThrow(/whole state, got none or another length of mean/);
  });

  test('gives the last layer a rate of its own', async () => {
    const farthest = async (lastRate: number): Promise<readonly [last: number, first: number]> => {
      const trainer = await filled({ lastRate });
      const before = [...trainer.weights().values()];
      await steps(trainer, 1);
      const moved = [...trainer.weights().values()].map(({ data }, tensor) =>
        Math.max(...data.map((value, i) => Math.abs(value - before[tensor]!.data[i]!))),
      );
      return [moved.at(-1)!, moved[0]!];
    };
    const [[last, first], [lastAsOthers, firstAsBefore]] = [await farthest(4), await farthest(1)];
    expect(first).toBe(firstAsBefore);
    expect(last / lastAsOthers).toBeCloseTo(4, 3);
  });

  test('learns', async () => {
    const trainer = await create({});
    trainer.put(0, testFrame(0));
    const losses = (await steps(trainer, 60)).map((step) => step.loss);
    const mean = (part: number[]): number => part.reduce((a, b) => a + b, 0) / part.length;
    expect(mean(losses.slice(-10))).toBeLessThan(0.9 * mean(losses.slice(0, 10)));
  });

  test('says when it has nothing to learn from, or a slot that it does not have', async () => {
    const trainer = await create({});
    await expect(trainer.step({ rate: 1e-3, loss } as never)).rejects.toThrow(/expected a frame in some slot/);
    expect(() => trainer.put(3, testFrame(0))).toThrow(/expected a slot from 0 to 2, got 3/);
  });

  test('stops when the loss is not a number', async () => {
    const trainer = await create({});
    const frame = testFrame(0);
    frame.faceMorphed[(10 * 32 + 10) * 4] = Number.NaN;
    frame.posed.fill(Number.NaN);
    trainer.put(0, frame);
    await expect(steps(trainer, 1)).rejects.toThrow(/expected a finite loss in update 1/);
  });
});

// Patches of two cells learn from a quarter of the pixels, those beside the corners of cells. The face is a quarter of
// the picture; of what is drawn for it, (7/8)^2 lies inside, as a patch may reach over its border.
const EVEN = 1 / 16;
const DRAWN = 0.6 * (7 / 8) ** 2 + 0.4 / 4;

test.each([
  [0, EVEN],
  [0.5, (EVEN + DRAWN) / 2],
  [1, DRAWN],
])('body trainer: with an emphasis of %f, the face counts as it should', async (emphasis, share) => {
  const trainer = await smallBodyTrainer({
    start: { lastScale: 0, lastBias: [0, 0, 0, 0, 0, 0, 0] },
    sampling: { kind: 'patches', sizes: [{ cells: 2, patches: 4000 }], painted: 0, moving: 0, face: 0.6, emphasis },
  });
  const frame = testFrame(0);
  // It paints 0 everywhere, which is off by 1 in the face and right elsewhere.
  frame.posed.fill(0);
  for (let y = FACE_CROP.top; y < FACE_CROP.top + FACE_CROP.height; y++) {
    const first = (y * SIZE + FACE_CROP.left) * 4;
    frame.posed.fill(1, first, first + FACE_CROP.width * 4);
  }
  trainer.put(0, frame);
  const { loss } = await trainer.step({ rate: 0, loss: { blended: 0, warped: 0, gridChange: 0, direct: 1 } });
  trainer.dispose();
  expect(Math.abs(loss - share)).toBeLessThan(0.02);
});

test('body trainer: says where a frame moves what it must not', async () => {
  const trainer = await smallBodyTrainer();
  const frame = testFrame(0);
  frame.faceMorphed[4] = 0.95;
  expect(() => trainer.put(0, frame)).toThrow(/rows 4 to 25, columns 2 to 21, got another colour at row 0, column 1/);
});
