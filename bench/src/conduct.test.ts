import { expect, it } from 'vitest';
import { conduct, mayPlay, type Player } from './conduct.ts';
import { CONTESTANTS, CPU_CONTROL, chooseContestants } from './contestants/contestants.ts';
import type { FrameTime } from './painters/painter.ts';
import { roundPoses } from './poses.ts';

function player(name: string, ms: number, turns: string[]): Player {
  const paint = async (pose: readonly number[]): Promise<FrameTime> => {
    turns.push(`${name}${pose[0]}`);
    return { ms, cpuMs: null };
  };
  const close = async (): Promise<void> => undefined;
  const seat = {
    engine: '',
    gpu: null,
    environment: '',
    firstFrameMs: ms,
    firstPaintMs: ms,
    scriptKilobytesGzip: null,
    paint,
    close,
  };
  return { contestant: { ...CONTESTANTS[0]!, name }, seat, times: [] };
}

it('lets all paint the same pose in a round, each first in turn, after a warm-up', async () => {
  const turns: string[] = [];
  const players = [player('a', 1, turns), player('b', 2, turns)];
  await conduct(
    players,
    { rounds: 2, budgetMs: 1e6 },
    (round) => [round],
    () => undefined,
  );
  expect(turns).toEqual(['a0', 'b0', 'b1', 'a1', 'a2', 'b2']);
  expect(players.map(({ times }) => times.map(({ ms }) => ms))).toEqual([
    [1, 1],
    [2, 2],
  ]);
});

it('leaves slow ones out when their budget is spent, after at least one frame', async () => {
  const turns: string[] = [];
  const players = [player('a', 1, turns), player('b', 9000, turns)];
  await conduct(
    players,
    { rounds: 5, budgetMs: 20_000 },
    (round) => [round],
    () => undefined,
  );
  expect(players.map(({ times }) => times.length)).toEqual([5, 2]);
  expect(mayPlay([], 1)).toBe(true);
  expect(mayPlay([{ ms: 36_000, cpuMs: null }], 60_000)).toBe(false);
});

it('takes the first frame of a contestant for which one is too many', async () => {
  const turns: string[] = [];
  const players = [player('a', 1, turns), player('b', 90_000, turns)];
  await conduct(
    players,
    { rounds: 2, budgetMs: 60_000 },
    (round) => [round],
    () => undefined,
  );
  expect(turns).toEqual(['a0', 'a1', 'a2']);
  expect(players[1]!.times).toEqual([{ ms: 90_000, cpuMs: null }]);
});

it('has contestants of different names in a place, each with a control', () => {
  const keys = CONTESTANTS.map(({ place, name }) => `${place} ${name}`);
  expect(new Set(keys).size).toBe(keys.length);
  for (const { place, control } of CONTESTANTS) expect(keys).toContain(`${place} ${control}`);
});

it('chooses by parts of names', () => {
  expect(chooseContestants([], false)).toEqual(CONTESTANTS);
  const chosen = chooseContestants(['node ours wasm 1 thread', CPU_CONTROL], true);
  expect(chosen.every(({ name }) => /^ours wasm 1 thread|^onnxruntime-web wasm/.test(name))).toBe(true);
  expect(chosen.some(({ place, name }) => place === 'chromium' && name === CPU_CONTROL)).toBe(true);
  expect(() => chooseContestants(['no such'], false)).toThrow(/there are: ours wasm/);
});

it('has the same poses in every run', () => {
  const first = roundPoses();
  const later = first(3);
  expect(roundPoses()(3)).toEqual(later);
  expect(first(1)).not.toEqual(later);
  expect(later).toHaveLength(45);
});
