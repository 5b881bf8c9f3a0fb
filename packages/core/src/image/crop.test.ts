import { describe, expect, it } from 'vitest';
import { ShapeError } from '../errors.ts';
import {
  cropImage,
  cropTensor,
  EYEBROW_CROP,
  FRAME_SIZE,
  pasteImage,
  pasteTensor,
  STUDENT_FACE_CROP,
  TEACHER_FACE_CROP,
} from './crop.ts';

// 4 rows, 5 columns; every number tells its place.
const tensor = Float32Array.from({ length: 4 * 5 * 2 }, (_, i) => i);
const crop = { top: 1, left: 2, height: 2, width: 3 };
const image = { width: 5, height: 4, data: Uint8Array.from({ length: 80 }, (_, i) => i) };

describe('crops', () => {
  it('copy a rectangle of a tensor', () => {
    expect([...cropTensor(tensor, [4, 5, 2], crop)]).toEqual([14, 15, 16, 17, 18, 19, 24, 25, 26, 27, 28, 29]);
  });

  it('paste it over a copy', () => {
    const pasted = pasteTensor(tensor, [4, 5, 2], new Float32Array(12).fill(-1), crop);
    const inside = (i: number) => [14, 15, 16, 17, 18, 19, 24, 25, 26, 27, 28, 29].includes(i);
    expect([...pasted]).toEqual(Array.from({ length: 40 }, (_, i) => (inside(i) ? -1 : i)));
    expect(tensor[14]).toBe(14);
    expect(pasteTensor(tensor, [4, 5, 2], cropTensor(tensor, [4, 5, 2], crop), crop)).toEqual(tensor);
  });

  it('do the same with pictures', () => {
    const part = cropImage(image, crop);
    expect([part.width, part.height, part.data[0], part.data.at(-1)]).toEqual([3, 2, 28, 59]);
    expect(pasteImage(image, part, crop)).toEqual(image);
    const moved = pasteImage(image, part, { top: 0, left: 0 });
    expect([...moved.data.subarray(0, 13)]).toEqual([28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 12]);
  });

  it('refuse a rectangle that leaves the picture, and data that does not fit', () => {
    expect(() => cropImage(image, { ...crop, left: 3 })).toThrow(
      'cropImage: rows 1:3, columns 3:6 lie outside: expected shape [3, 6], got [4, 5]',
    );
    for (const bad of [{ top: -1 }, { left: 0.5 }, { height: 0 }, { top: 3 }]) {
      expect(() => cropTensor(tensor, [4, 5, 2], { ...crop, ...bad })).toThrow(ShapeError);
    }
    expect(() => cropTensor(tensor, [4, 5, 3], crop)).toThrow(new ShapeError('cropTensor', [4, 5, 3], [40]));
    expect(() => pasteTensor(tensor, [4, 5, 2], new Float32Array(11), crop)).toThrow(ShapeError);
    expect(() => pasteImage(image, image, { top: 1, left: 0 })).toThrow(ShapeError);
  });

  it('are the ones of the design: rows, then columns', () => {
    const ranges = [EYEBROW_CROP, TEACHER_FACE_CROP, STUDENT_FACE_CROP].map(({ top, left, height, width }) => [
      [top, top + height],
      [left, left + width],
    ]);
    expect(ranges).toEqual([
      [
        [64, 192],
        [192, 320],
      ],
      [
        [32, 224],
        [160, 352],
      ],
      [
        [80, 208],
        [192, 320],
      ],
    ]);
    expect(FRAME_SIZE).toBe(512);
  });
});
