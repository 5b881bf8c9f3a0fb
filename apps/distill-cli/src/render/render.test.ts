import { BackendError } from '@tha4/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { smallCharacter } from '../../test/small-character.ts';
import { UsageError } from '../errors.ts';
import { SILENT } from '../io.ts';
import { delays } from './animation.ts';
import { parseColour } from './background.ts';
import { measureFidelity } from './measure.ts';
import { createPainter } from './painter.ts';
import { describeOutliers, readPoseArgument } from './poses.ts';

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

describe('measureFidelity', () => {
  it('finds a character equal to itself, and a changed one not', async () => {
    const character = smallCharacter();
    expect(await measureFidelity(character, character, SILENT)).toMatchObject({ psnr: null, worst: null });
    const bias = character.body.get('last_linear.bias')!;
    const body = new Map(character.body).set('last_linear.bias', { ...bias, data: bias.data.map((x) => x + 0.2) });
    const { psnr, worst, frames } = await measureFidelity(character, { ...character, body }, SILENT);
    expect(psnr).toBeGreaterThan(5);
    expect(psnr).toBeLessThan(40);
    expect(worst).toBeLessThanOrEqual(psnr!);
    expect(frames.map(({ pose }) => pose)).toEqual(['neutral', 'smile', 'turned']);
  });
});

describe('createPainter', () => {
  afterEach(() => vi.doUnmock('./onnx-painter.ts'));

  it('takes TensorFlow.js where onnxruntime does not load, and says so; asked for onnx, it fails', async () => {
    vi.doMock('./onnx-painter.ts', () => ({
      createOnnxPainter: () => Promise.reject(new BackendError('no binary for this machine\nmore')),
    }));
    const notes: string[] = [];
    const painter = await createPainter(smallCharacter(), 'auto', (line) => notes.push(line));
    expect(painter.engine).toMatch(/^TensorFlow\.js .* \(wasm\)$/);
    expect(notes[0]).toBe('onnxruntime does not work here: no binary for this machine');
    expect(notes[1]).toMatch(/^Engine: TensorFlow\.js .*, several times slower than onnxruntime$/);
    await painter.dispose();
    await expect(createPainter(smallCharacter(), 'onnx', () => {})).rejects.toThrow(BackendError);
  });
});
