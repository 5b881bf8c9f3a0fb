import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { SMALL_RECIPE, smallRun, weightsOf } from '../../test/support/small-run.ts';
import type { DistillEvent } from './events.ts';
import { createStateStore, type StateStore } from './state/state-store.ts';
import { StoppedError } from './stopped.ts';

function makeStore(): StateStore {
  const folder = mkdtempSync(join(tmpdir(), 'tha4 stäte-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return createStateStore(join(folder, 'state'));
}

async function unbroken(): Promise<number[]> {
  const { run, trainers } = await smallRun(makeStore());
  await run.train();
  return weightsOf(trainers);
}

describe('a training run', () => {
  it('does the work of its recipe', async () => {
    const events: DistillEvent[] = [];
    const { run } = await smallRun(makeStore(), { emit: (event) => events.push(event) });
    const { done, progress, quality, losses } = await run.train();
    expect(done).toEqual(SMALL_RECIPE.work);
    expect(progress).toBe(1);
    expect(quality.map((point) => point.progress)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(losses.every(({ face }) => face === null || face > 0)).toBe(true);
    expect(events.at(-1)).toMatchObject({ type: 'progress', progress: 1 });
  });

  it('ends with the same weights however often it was stopped', async () => {
    const store = makeStore();
    let stops = 0;
    let trained: number[] | null = null;
    while (trained === null) {
      // A fresh store each time, as a fresh process has.
      const again = createStateStore(store.folder);
      const abort = new AbortController();
      let updates = 0;
      const { run, trainers } = await smallRun(again, {
        signal: abort.signal,
        emit: (event) => {
          if (event.type === 'progress' && ++updates === 17 + stops) abort.abort();
        },
        now: (() => {
          let clock = 0;
          return () => (clock += 0.3);
        })(),
      });
      try {
        await run.train();
        trained = weightsOf(trainers);
      } catch (error) {
        expect(error).toBeInstanceOf(StoppedError);
        expect((error as StoppedError).saved).toBe(true);
        stops++;
      }
    }
    expect(stops).toBeGreaterThan(3);
    expect(trained).toEqual(await unbroken());
  });

  it('would end with other weights if a state lacked something', async () => {
    const store = makeStore();
    const abort = new AbortController();
    const { run } = await smallRun(store, {
      signal: abort.signal,
      emit: (event) => event.type === 'quality' && event.progress > 0.5 && abort.abort(),
    });
    await expect(run.train()).rejects.toThrow(/Stopped at 60%/);
    const found = (await store.load())!;
    const face = new Map([...found.state.face, ['moments', new Float32Array(5)]]);
    const { run: other, trainers } = await smallRun(store, { found: { ...found, state: { ...found.state, face } } });
    await other.train();
    expect(weightsOf(trainers)).not.toEqual(await unbroken());
  });

  it('survives kill -9 at any moment', async () => {
    const store = makeStore();
    let trained: number[] | null = null;
    let kills = 0;
    for (let wait = 50; trained === null; wait *= 4) {
      const { output, killed } = await runProcess(store.folder, wait);
      if (killed) kills++;
      else trained = JSON.parse(output.replace('begun\n', '')) as number[];
    }
    expect(kills).toBeGreaterThan(1);
    expect(trained).toEqual(await unbroken());
  }, 120_000);

  it('goes on from the state before where the newest one is damaged, and says so', async () => {
    const store = makeStore();
    let clock = 0;
    const abort = new AbortController();
    const { run } = await smallRun(store, {
      now: () => (clock += 9),
      signal: abort.signal,
      emit: (event) => event.type === 'quality' && event.progress > 0.5 && abort.abort(),
    });
    await expect(run.train()).rejects.toThrow(StoppedError);
    const saved = await Promise.all(
      ['state-a.bin', 'state-b.bin'].map(async (name) => ({ name, bytes: readFileSync(join(store.folder, name)) })),
    );
    const number = (bytes: Buffer): number => bytes.readUInt32LE('THA4STATE1\n'.length + 32);
    const newest = saved.sort((a, b) => number(b.bytes) - number(a.bytes))[0]!;
    const damaged = Buffer.from(newest.bytes);
    damaged[damaged.length >> 1]! ^= 1;
    writeFileSync(join(store.folder, newest.name), damaged);

    const events: DistillEvent[] = [];
    const again = createStateStore(store.folder);
    const { run: other, trainers } = await smallRun(again, { emit: (event) => events.push(event) });
    await other.train();
    expect(events.find(({ type }) => type === 'resumed')).toMatchObject({
      damaged: [expect.stringMatching(/state-[ab]\.bin: expected a state with a matching checksum/)],
    });
    expect(weightsOf(trainers)).toEqual(await unbroken());

    for (const { name } of saved) writeFileSync(join(store.folder, name), damaged.subarray(0, 100));
    await expect(createStateStore(store.folder).load()).rejects.toThrow(/Nothing of this run can be used/);
  });

  it('goes on where the disk is full, and loses nothing', async () => {
    const store = makeStore();
    const full: StateStore = {
      ...store,
      save: () => Promise.reject(Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' })),
    };
    const events: DistillEvent[] = [];
    const { run, trainers } = await smallRun(full, { emit: (event) => events.push(event) });
    await run.train();
    expect(events.find(({ type }) => type === 'unsaved')).toMatchObject({ message: expect.stringMatching(/ENOSPC/) });
    expect(weightsOf(trainers)).toEqual(await unbroken());
  });
});

/** Runs the small run as a process, and kills it a while after it has begun unless it has ended. */
function runProcess(folder: string, killAfterMs: number): Promise<{ output: string; killed: boolean }> {
  const script = fileURLToPath(new URL('../../test/support/small-run-process.ts', import.meta.url));
  const flags = ['--conditions=@tha4/source', '--import', import.meta.resolve('tsx')];
  const child = spawn(process.execPath, [...flags, script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  let timer: NodeJS.Timeout | undefined;
  child.stdout.on('data', (data) => {
    output += data;
    timer ??= setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (code !== 0 && signal !== 'SIGKILL') reject(new Error(`small run: expected exit code 0, got ${code}`));
      else resolve({ output, killed: signal === 'SIGKILL' });
    });
  });
}
