import { describe, expect, test } from 'vitest';
import { imageToModel, modelToImage } from './model-image.ts';
import { imageToStraight, straightToModel } from './straight-image.ts';

const PIXELS = Uint8Array.of(255, 128, 0, 255, 200, 100, 50, 128, 9, 9, 9, 0, 0, 0, 0, 1);
const IMAGE = { width: 4, height: 1, data: PIXELS };

describe('imageToStraight', () => {
  test('keeps the colour of half-transparent pixels, and none under alpha 0', () => {
    const straight = imageToStraight(IMAGE);
    expect([...straight.subarray(0, 4)]).toEqual([1, Math.fround(2 * 0.2158605001138992 - 1), -1, 1]);
    expect(straight[4]).toBeCloseTo(2 * 0.5775804404296506 - 1, 7);
    expect(straight[7]).toBe(Math.fround((2 * 128) / 255 - 1));
    expect([...straight.subarray(8, 12)]).toEqual([-1, -1, -1, -1]);
  });
});

describe('straightToModel', () => {
  test('premultiplies: the same picture as without the detour', () => {
    const model = straightToModel(imageToStraight(IMAGE));
    imageToModel(IMAGE).forEach((value, i) => {
      expect(model[i]).toBeCloseTo(value, 6);
    });
    expect(modelToImage(model, 4, 1).data).toEqual(modelToImage(imageToModel(IMAGE), 4, 1).data);
  });

  test('clips what a network painted beyond the limits', () => {
    expect([...straightToModel(Float32Array.of(1.5, -2, 0, 1.2))]).toEqual([1, -1, 0, 1]);
  });
});
