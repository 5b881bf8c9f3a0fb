import {
  BackendError,
  bodyMorpherSpec,
  faceMorpherSpec,
  type Spec,
  STUDENT,
  type StudentConfig,
  type Weights,
} from '@tha4/core';
import { describe, expect, test } from 'vitest';
import { planStudent } from '../plan/student-plan.ts';
import { layOutStudent, type StudentLayout } from './level-layout.ts';
import { levelShader } from './level-shader.ts';
import { FLOAT_NUMBERS } from './numbers.ts';
import { allTiles } from './tiles.ts';
import { GPU_TUNING } from './tuning.ts';

function zeros(spec: Spec): Weights {
  const size = (shape: readonly number[]): number => shape.reduce((product, side) => product * side, 1);
  return new Map([...spec].map(([key, shape]) => [key, { shape, data: new Float32Array(size(shape)) }]));
}

function layOut(config: StudentConfig): StudentLayout {
  const plan = planStudent(config, zeros(faceMorpherSpec(config.face)), zeros(bodyMorpherSpec(config.body)));
  return layOutStudent(config, plan, GPU_TUNING);
}

describe("the paper's student on a GPU", () => {
  const { face, levels, folded } = layOut(STUDENT);
  const dispatches = [face, ...levels];

  test('stays within what every device grants', () => {
    for (const layout of dispatches) {
      expect(layout.threads).toBeLessThanOrEqual(256);
      expect(layout.shared * 16).toBeLessThanOrEqual(16384);
    }
  });

  test('takes tiles as large as its widths allow', () => {
    expect(dispatches.map(({ tileWidth, tileHeight }) => tileWidth * tileHeight)).toEqual([64, 16, 32, 64]);
    expect(dispatches.map((layout) => allTiles(layout)[0])).toEqual([256, 1024, 2048, 4096]);
  });

  test('gives every layer threads enough, and slices that hold all inputs', () => {
    for (const { layers, threads, tileWidth, tileHeight } of dispatches) {
      for (const { outputs, threadPixels, slices, sliceInputs, inputs } of layers) {
        expect(outputs * ((tileWidth * tileHeight) / threadPixels)).toBeLessThanOrEqual(threads);
        expect(slices * sliceInputs).toBeGreaterThanOrEqual(inputs);
      }
    }
  });

  test('folds one bias for each entry', () => {
    expect(folded).toBe((128 + 360 + 180 + 92) / 4);
  });

  test('binds the grid below only where there is one', () => {
    const shaders = dispatches.map((layout) => levelShader(layout, folded, { ...STUDENT, size: 512 }, FLOAT_NUMBERS));
    expect(shaders.map((shader) => shader.includes('@binding(5)'))).toEqual([false, false, true, true]);
  });
});

test('tiles are named by row and column', () => {
  const [, level] = layOut(STUDENT).levels;
  const tiles = allTiles(level!); // 32 columns of 8 pixels
  expect([...tiles.subarray(0, 3)]).toEqual([2048, 0, 1]);
  expect(tiles[33]).toBe(1 << 16);
});

test.each([
  ['a layer that is too wide', { levels: [{ size: 64, widths: [1028] }] }, /at most 1024 channels, got 1028/],
  ['a size of no whole tiles', { levels: [{ size: 60, widths: [8] }] }, /multiples of 8, got 60/],
  [
    'levels that do not double',
    { levels: [16, 64].map((size) => ({ size, widths: [8] })) },
    /twice as large .* got 16, 64/,
  ],
])('%s is refused', (_, body, message) => {
  const config: StudentConfig = {
    face: { imageSize: 16, poseSize: 39, widths: [8] },
    body: { poseSize: 45, ...body },
    faceTop: 0,
    faceLeft: 0,
  };
  expect(() => layOut(config)).toThrow(BackendError);
  expect(() => layOut(config)).toThrow(message);
});
