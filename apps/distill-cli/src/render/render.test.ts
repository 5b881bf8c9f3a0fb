import { BackendError, presetPose } from '@tha4/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { smallCharacter } from '../../test/small-character.ts';
import { UsageError } from '../errors.ts';
import { SILENT } from '../io.ts';
import { delays } from './animation.ts';
import { parseColour } from './background.ts';
import { createFidelityMeter } from './measure.ts';
import { checkThreads, defaultThreads } from './node-threads.ts';
import { createPainter, type EngineChoice } from './painter.ts';
import { describeOutliers, readPoseArgument } from './poses.ts';

const ONE: EngineChoice = { engine: 'auto', threads: 1 };

describe('parseColour', () => {
  it('reads names and hexadecimal digits', () => {
    expect(parseColour('#3a6')).toEqual([0x33, 0xaa, 0x66]);
    expect(parseColour(' #0A141E ')).toEqual([10, 20, 30]);
    expect(parseColour('White')).toEqual([255, 255, 255]);
    expect(parseColour('transparent')).toBeNull();
  });

  it.each(['', '#12', '#12345', '#gggggg', 'rgb(1,2,3)', 'toString'])('refuses %j', (text) => {
    expect(() => parseColour(text)).toThrow(UsageError);
  });
});

describe('delays', () => {
  it.each([1, 7, 12, 24, 29.97, 60, 240])('keeps the speed of %d frames a second', (fps) => {
    const all = delays(500, fps);
    expect(Math.abs(all.reduce((sum, ms) => sum + ms, 0) - 500_000 / fps)).toBeLessThanOrEqual(0.5);
    expect(Math.max(...all) - Math.min(...all)).toBeLessThanOrEqual(1);
  });
});

describe('poses', () => {
  it('tells a pose of the command line from one of a file', async () => {
    await expect(readPoseArgument('smlie')).rejects.toThrow(UsageError);
    await expect(readPoseArgument('nowhere.json')).rejects.toThrow(/nowhere\.json: expected a file/);
    expect((await readPoseArgument('smile')).length).toBe(45);
  });

  it('points at the first value outside its range', async () => {
    const [inside, outside] = [await readPoseArgument('head_y=-1'), await readPoseArgument('mouth_aaa=-0.5')];
    expect(describeOutliers([inside])).toBeNull();
    expect(describeOutliers([inside, outside])).toMatch(/^Pose 2: mouth_aaa is -0\.5, outside 0 to 1/);
  });
});

describe('createFidelityMeter', () => {
  it('finds a character equal to itself, and a changed one not', async () => {
    const character = smallCharacter();
    const meter = await createFidelityMeter(character, ONE, 'nothing was written', SILENT);
    expect(await meter.measure(character)).toMatchObject({ psnr: null, worst: null, figure: null });
    expect(await meter.error(character)).toBe(0);
    const bias = character.body.get('last_linear.bias')!;
    const body = new Map(character.body).set('last_linear.bias', { ...bias, data: bias.data.map((x) => x + 0.2) });
    const { psnr, worst, figure, frames } = await meter.measure({ ...character, body });
    expect(psnr).toBeGreaterThan(5);
    expect(psnr).toBeLessThan(40);
    expect(worst).toBeLessThanOrEqual(psnr!);
    expect(figure).toBeLessThanOrEqual(psnr!);
    expect(await meter.error({ ...character, body })).toBeGreaterThan(1e-4);
    expect(frames.map(({ pose }) => pose)).toEqual(['neutral', 'smile', 'turned']);
  });
});

describe('createPainter', () => {
  afterEach(() => {
    vi.doUnmock('./wasm-painter.ts');
    vi.doUnmock('node:worker_threads');
    vi.resetModules();
  });

  it('paints the same bits with one thread and with three', async () => {
    const character = smallCharacter();
    const notes: string[] = [];
    const frames: Float32Array[] = [];
    for (const threads of [1, 3]) {
      const painter = await createPainter(character, { engine: 'wasm', threads }, (line) => notes.push(line));
      frames.push(await painter.paint(presetPose('smile')), await painter.paint(presetPose('angry')));
      await painter.dispose();
    }
    expect(frames[2]).toEqual(frames[0]);
    expect(frames[3]).toEqual(frames[1]);
    expect(frames[1]).not.toEqual(frames[0]);
    expect(notes).toEqual([
      'Engine: WebAssembly kernels (1 thread), as asked',
      'Engine: WebAssembly kernels (3 threads), as asked',
    ]);
  });

  it('paints with one thread where a worker does not start, and says so', async () => {
    vi.resetModules();
    const { Worker } = await import('node:worker_threads');
    vi.doMock('node:worker_threads', () => ({
      Worker: class {
        constructor() {
          // biome-ignore lint/correctness/noConstructorReturn: a worker of another script
          return new Worker('throw new Error("no room for workers")', { eval: true });
        }
      },
    }));
    const notes: string[] = [];
    const { createWasmPainter } = await import('./wasm-painter.ts');
    const painter = await createWasmPainter(smallCharacter(), 2, (line) => notes.push(line));
    expect(painter.engine).toBe('WebAssembly kernels (1 thread)');
    expect(notes).toEqual([expect.stringMatching(/^Working with one thread: .*no room for workers/)]);
    expect((await painter.paint(presetPose('smile'))).some((value) => value > -1)).toBe(true);
    await painter.dispose();
  });

  it('takes TensorFlow.js where the kernels do not work, and says so; asked for wasm, it fails', async () => {
    vi.doMock('./wasm-painter.ts', () => ({
      createWasmPainter: () => Promise.reject(new BackendError('no kernels for this student\nmore')),
    }));
    const notes: string[] = [];
    const painter = await createPainter(smallCharacter(), ONE, (line) => notes.push(line));
    expect(painter.engine).toMatch(/^TensorFlow\.js .* \(wasm\)$/);
    expect(notes[0]).toBe('The fused kernels do not work here: no kernels for this student');
    expect(notes[1]).toMatch(/^Engine: TensorFlow\.js .*, many times slower than the kernels$/);
    await painter.dispose();
    await expect(createPainter(smallCharacter(), { ...ONE, engine: 'wasm' }, () => {})).rejects.toThrow(BackendError);
  });
});

describe('threads', () => {
  it('are one a core, and a number that makes sense', () => {
    expect(defaultThreads()).toBeGreaterThanOrEqual(1);
    expect(defaultThreads()).toBeLessThanOrEqual(8);
    expect(checkThreads(3)).toBe(3);
    for (const threads of [0, 1.5, 65, -1]) expect(() => checkThreads(threads)).toThrow(UsageError);
  });
});
