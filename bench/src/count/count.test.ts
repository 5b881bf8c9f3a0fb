import { MAP_TILE, STUDENT, type StudentConfig } from '@tha4/core';
import { describe, expect, it } from 'vitest';
import { PixelLists } from '../../../packages/student/src/tiles/pixel-lists.ts';
import { rectanglesOf } from '../../../packages/student/src/tiles/rectangles.ts';
import { countingOps } from './counting-ops.ts';
import { fusedWork } from './fused-work.ts';
import { layeredWork } from './layered-work.ts';
import { allPixels, neededPixels, neededPixelsInTiles } from './needed-pixels.ts';
import { gflop, megabytes } from './work.ts';

/** Small enough to count by hand. */
const TINY: StudentConfig = {
  face: { imageSize: 4, poseSize: 39, widths: [6, 5] },
  body: {
    poseSize: 45,
    levels: [
      { size: 4, widths: [9, 8] },
      { size: 8, widths: [7] },
    ],
  },
  faceTop: 1,
  faceLeft: 2,
};
const SIZES = STUDENT.body.levels.map(({ size }) => size);
const SQUARES = SIZES.map((size) => size ** 2);

describe('operators', () => {
  it('count products, sines, and what they read and write', () => {
    const { ops, work } = countingOps();
    const weight = { shape: [3, 5] };
    const bias = { shape: [5] };
    expect(ops.sineDense({ shape: [1, 2, 2, 3] }, weight, bias, 30).shape).toEqual([1, 2, 2, 5]);
    // 12 inputs, 15 weights, 5 biases, 20 outputs; the sine reads and writes 20.
    expect(work()).toEqual({ multiplyAdds: 60, sines: 20, bytes: 4 * (12 + 15 + 5 + 20 + 40) });
    expect(() => ops.dense({ shape: [1, 4] }, weight, bias)).toThrow(/expected shape/);
  });

  it('keep shapes', () => {
    const { ops } = countingOps();
    const image = { shape: [1, 4, 6, 4] };
    expect(ops.concat([image, { shape: [1, 4, 6, 2] }]).shape).toEqual([1, 4, 6, 6]);
    expect(ops.split(image, [1, 3]).map(({ shape }) => shape[3])).toEqual([1, 3]);
    expect(ops.mul(image, { shape: [1, 4, 6, 1] }).shape).toEqual(image.shape);
    expect(ops.resizeBilinear(image, 8, 12).shape).toEqual([1, 8, 12, 4]);
    expect(ops.gridSample(image, { shape: [1, 2, 3, 2] }).shape).toEqual([1, 2, 3, 4]);
    expect(ops.crop(image, 1, 1, 2, 3).shape).toEqual([1, 2, 3, 4]);
    expect(ops.poseImage({ shape: [1, 45] }, 4, 6).shape).toEqual([1, 4, 6, 45]);
  });
});

describe('layer by layer', () => {
  it('a tiny student, by hand', () => {
    const face = 16 * (41 * 6 + 6 * 5 + 5 * 4);
    const body = 16 * (47 * 9 + 9 * 8) + 64 * ((8 + 47) * 7 + 7 * 7);
    const { multiplyAdds, sines } = layeredWork(TINY, 'published');
    expect(multiplyAdds).toBe(face + body);
    expect(sines).toBe(16 * 11 + 16 * 17 + 64 * 7);
  });

  it("the paper's: 33.9 GFLOP for the body and 3.9 for the face; as core writes it 23.9 and 3.8", () => {
    const faceOnly = (pose: number): number => (2 * 16384 * ((2 + pose) * 128 + 7 * 128 * 128 + 128 * 4)) / 1e9;
    expect(gflop(layeredWork(STUDENT, 'published')) - faceOnly(39)).toBeCloseTo(33.94, 2);
    expect(gflop(layeredWork(STUDENT, 'ours')) - faceOnly(0)).toBeCloseTo(23.85, 2);
    expect(faceOnly(0)).toBeCloseTo(3.78, 2);
  });

  it('one activation of 90 channels at 512x512 is 94 MB, and it is written and read often', () => {
    expect(megabytes(layeredWork(STUDENT, 'published'))).toBeGreaterThan(94 * 12);
  });
});

describe('fused', () => {
  it('a tiny student, by hand', () => {
    const face = 16 * (2 * 6 + 6 * 5 + 5 * 4);
    // The second level's first layer is applied, with its position, to the 36 pixels of the first level and its ring.
    const body = 36 * (2 * 9 + 9 * 8 + (8 + 2) * 7) + 64 * 7 * 7;
    const { multiplyAdds, sines } = fusedWork(TINY, allPixels([4, 8]));
    expect(multiplyAdds).toBe(face + body);
    expect(sines).toBe(16 * 11 + 36 * 17 + 64 * 7);
  });

  it('moves grids between levels, the picture, the frame and the weights', () => {
    const weights = 41 * 6 + 6 + 35 + 24 + (47 * 9 + 9) + (9 * 8 + 8) + (55 * 7 + 7) + 56;
    const { bytes } = fusedWork(TINY, allPixels([4, 8]));
    expect(bytes).toBe(4 * (2 * 36 * 7 + 4 * (16 + 64 + 64) + weights));
    const shaders = fusedWork(TINY, [16, 64], 4).bytes - fusedWork(TINY, [16, 64]).bytes;
    expect(shaders, 'every layer of the face and of all levels but the last').toBe(8 * 16 * (11 + 17));
    const half = fusedWork(TINY, [16, 64], 2).bytes - fusedWork(TINY, [16, 64]).bytes;
    expect(half).toBe(shaders / 2);
  });

  it("the paper's: 23.8 GFLOP for the body, 24.1 with rings", () => {
    expect(gflop(fusedWork(STUDENT, SQUARES)) - 3.783).toBeCloseTo(23.75, 1);
    expect(gflop(fusedWork(STUDENT, allPixels(SIZES))) - 3.783).toBeCloseTo(24.1, 1);
    expect(fusedWork(STUDENT, SQUARES).sines / 1e6).toBeCloseTo(132, 0);
  });
});

describe('pixels that are needed', () => {
  const side = SIZES.at(-1)! / MAP_TILE;

  it('are all of them for all tiles', () => {
    expect(neededPixels(SIZES, new Uint8Array(side * side).fill(1))).toEqual(allPixels(SIZES));
  });

  it.each([
    [[0, 0]],
    [[63, 63]],
    [[0, 63]],
    [[17, 31]],
    [
      [20, 30],
      [21, 30],
      [40, 2],
    ],
  ] as number[][][])('are those that the kernels list, for tiles %j', (...tiles) => {
    const painted = new Uint8Array(side * side);
    const lists = new PixelLists(SIZES);
    for (const [row, column] of tiles as [number, number][]) {
      painted[row * side + column] = 1;
      lists.addTile(row, column);
    }
    expect(neededPixels(SIZES, painted)).toEqual(lists.counts());
    const areas = SIZES.map((size, level) => area(rectanglesOf(lists, level, size)));
    expect(neededPixelsInTiles(SIZES, painted)).toEqual(areas);
  });
});

/** @param rectangles (left, top, right, bottom) of each */
function area(rectangles: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < rectangles.length; i += 4) {
    const [left, top, right, bottom] = rectangles.subarray(i, i + 4);
    sum += (right! - left!) * (bottom! - top!);
  }
  return sum;
}
