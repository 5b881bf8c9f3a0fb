import { BackendError, type Character, PoseError } from '@tha4/core';
import { describe, expect, it } from 'vitest';
import { createAutoRuntime } from './auto-runtime.ts';
import type { Quality } from './quality.ts';
import type { RuntimeInfo, StudentRuntime } from './runtime.ts';

const CHARACTER = {} as Character;

/** A runtime whose calls fail with what the test sets. */
function fakeRuntime(name: string, log: string[]) {
  const info = (): RuntimeInfo => ({ name, choice: name, qualities: fake.qualities, quality: fake.quality });
  const fake = {
    failLoad: null as Error | null,
    failPose: null as Error | null,
    qualities: ['exact', 'half'] as Quality[],
    quality: 'exact' as Quality,
    name,
    create: async (): Promise<StudentRuntime> => ({
      load: async () => {
        if (fake.failLoad) throw fake.failLoad;
        log.push(`${name} load`);
        return info();
      },
      pose: async () => {
        if (fake.failPose) throw fake.failPose;
        log.push(`${name} pose`);
        return { serial: 1, ms: 1, quality: fake.quality };
      },
      setQuality: async (quality) => {
        fake.quality = quality;
      },
      present: async () => undefined,
      readPixels: async () => ({ width: 1, height: 1, data: new Uint8Array(4) }),
      info: async () => info(),
      memory: async () => ({ tensors: 1, bytes: 4 }),
      dispose: async () => {
        log.push(`${name} dispose`);
      },
    }),
  };
  return fake;
}

describe('auto runtime', () => {
  it('takes the first that works, and says why the others were not taken', async () => {
    const log: string[] = [];
    const [gpu, cpu] = [fakeRuntime('gpu', log), fakeRuntime('cpu', log)];
    gpu.failLoad = new BackendError('gpu: no adapter');
    const runtime = createAutoRuntime([gpu, cpu]);
    expect(await runtime.load(CHARACTER)).toMatchObject({ name: 'cpu', choice: 'cpu; not gpu: no adapter' });
    await runtime.pose(new Float32Array(45));
    expect(log).toEqual(['gpu dispose', 'cpu load', 'cpu pose']);
  });

  it('moves down with the same character when a device is lost for good', async () => {
    const log: string[] = [];
    const [gpu, cpu] = [fakeRuntime('gpu', log), fakeRuntime('cpu', log)];
    const runtime = createAutoRuntime([gpu, cpu]);
    await runtime.load(CHARACTER);
    gpu.failPose = new BackendError('device lost');
    await runtime.pose(new Float32Array(45));
    expect(log).toEqual(['gpu load', 'gpu dispose', 'cpu load', 'cpu pose']);
    expect((await runtime.info()).name).toBe('cpu');
  });

  it('passes on what is not the device: a bad pose leaves the runtime where it is', async () => {
    const log: string[] = [];
    const [gpu, cpu] = [fakeRuntime('gpu', log), fakeRuntime('cpu', log)];
    const runtime = createAutoRuntime([gpu, cpu]);
    await runtime.load(CHARACTER);
    gpu.failPose = new PoseError('45 values');
    await expect(runtime.pose(new Float32Array(3))).rejects.toThrow(PoseError);
    expect((await runtime.info()).name).toBe('gpu');
  });

  it('keeps the quality for the next runtime, and says so where that one has it not', async () => {
    const [gpu, cpu] = [fakeRuntime('gpu', []), fakeRuntime('cpu', [])];
    cpu.qualities = ['exact'];
    const runtime = createAutoRuntime([gpu, cpu]);
    await runtime.setQuality('half');
    expect(await runtime.load(CHARACTER)).toMatchObject({ name: 'gpu', quality: 'half' });
    gpu.failPose = new BackendError('device lost');
    expect((await runtime.pose(new Float32Array(45))).quality).toBe('exact');
    expect(await runtime.info()).toMatchObject({ name: 'cpu', quality: 'exact' });
    expect((await runtime.info()).choice).toContain("no 'half' here");
    await expect(runtime.setQuality('half')).rejects.toThrow(/cpu: expected a quality of exact, got 'half'/);
  });

  it('lists every reason when none is left', async () => {
    const log: string[] = [];
    const gpu = fakeRuntime('gpu', log);
    gpu.failLoad = new BackendError('no adapter');
    const runtime = createAutoRuntime([
      gpu,
      { name: 'other', create: () => Promise.reject(new Error('no such module')) },
    ]);
    await expect(runtime.load(CHARACTER)).rejects.toThrow(/gpu: no adapter; other: no such module/);
    await expect(runtime.pose(new Float32Array(45))).rejects.toThrow(/call load first/);
  });
});
