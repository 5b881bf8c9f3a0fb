import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { SMALL_RECIPE, SMALL_TEACHER, smallRun, smallTrainer, weightsOf } from '../../test/support/small-run.ts';
import type { DistillEvent } from './events.ts';
import { isPlateau } from './plateau.ts';
import type { RunTrainer } from './recipe.ts';
import { createStateStore, type StateStore } from './state/state-store.ts';
import { StoppedError } from './stopped.ts';

function makeStore(): StateStore {
  const folder = mkdtempSync(join(tmpdir(), 'tha4-budget-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return createStateStore(join(folder, 'state'));
}

/** A clock that only work moves, and work that takes its time on it. */
function clockwork(stepSeconds: () => number) {
  let time = 0;
  const slow = (trainer: RunTrainer): RunTrainer => ({
    ...trainer,
    step: (progress) => {
      time += stepSeconds();
      return trainer.step(progress);
    },
  });
  const teacher = {
    ...SMALL_TEACHER,
    pose: (poses: readonly Float32Array[]) => {
      time += 0.5;
      return SMALL_TEACHER.pose(poses);
    },
  };
  return { now: () => time, teacher, trainers: { face: slow(smallTrainer(5)), body: slow(smallTrainer(8)) } };
}

describe('a budget', () => {
  it('is filled with work in the proportion of the recipe', async () => {
    const { now, ...slow } = clockwork(() => 0.1);
    const { run } = await smallRun(makeStore(), { ...slow, now, budgetSeconds: 600 });
    const { done, seconds } = await run.train();
    expect(seconds).toBeGreaterThan(0.85 * 600);
    expect(seconds).toBeLessThan(600);
    const { work } = SMALL_RECIPE;
    expect(done.faceSteps / done.bodySteps).toBeCloseTo(work.faceSteps / work.bodySteps, 1);
    expect(done.faceSteps).toBeGreaterThan(work.faceSteps);
  });

  it('is kept where the machine turns out three times slower, by planning anew', async () => {
    let steps = 0;
    const { now, ...slow } = clockwork(() => (++steps > 300 ? 0.3 : 0.1));
    const plans: DistillEvent[] = [];
    const emit = (event: DistillEvent) => event.type === 'plan' && plans.push(event);
    const { run } = await smallRun(makeStore(), { ...slow, now, budgetSeconds: 600, emit });
    const { seconds, progress } = await run.train();
    expect(progress).toBe(1);
    expect(plans.length).toBeGreaterThan(1);
    expect(seconds).toBeGreaterThan(0.8 * 600);
    expect(seconds).toBeLessThan(1.05 * 600);
  });

  it('is that of the plan in the state, whatever speed a later session has', async () => {
    const weightsAfter = async (laterStep: number): Promise<number[]> => {
      const store = makeStore();
      const abort = new AbortController();
      const first = clockwork(() => 0.1);
      const { run } = await smallRun(store, {
        ...first,
        budgetSeconds: 100,
        signal: abort.signal,
        // After the last point where a plan may be made anew.
        emit: (event) => event.type === 'progress' && event.progress > 0.96 && abort.abort(),
      });
      await expect(run.train()).rejects.toThrow(StoppedError);
      const second = clockwork(() => laterStep);
      const { run: rest } = await smallRun(store, { ...second, budgetSeconds: 100 });
      await rest.train();
      return weightsOf(second.trainers);
    };
    expect(await weightsAfter(0.1)).toEqual(await weightsAfter(2));
  });

  it('ends early at a plateau, and says so', async () => {
    const events: DistillEvent[] = [];
    const { run } = await smallRun(makeStore(), {
      recipe: { ...SMALL_RECIPE, measurements: 40 },
      measure: async () => ({ psnr: 24, facePsnr: 22 }),
      emit: (event) => events.push(event),
    });
    const { plateau, progress, done } = await run.train();
    expect(plateau).toBe(true);
    expect(progress).toBe(1);
    expect(done.faceSteps).toBeLessThan(SMALL_RECIPE.work.faceSteps / 2);
    expect(events.filter(({ type }) => type === 'plateau')).toHaveLength(1);
  });

  it('a plateau is a long time without gain', () => {
    const flat = [28, 28, 28.01, 28, 28.02, 28, 28, 28.01, 28, 28, 28, 28.03];
    expect(isPlateau(Array.from({ length: 30 }, (_, i) => 20 + i / 10))).toBe(false);
    expect(isPlateau(flat)).toBe(false);
    expect(isPlateau([20, ...flat])).toBe(false);
    expect(isPlateau([28, ...flat])).toBe(true);
    expect(isPlateau([28, ...flat.map(() => 20)])).toBe(true);
  });
});
