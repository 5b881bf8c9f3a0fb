import { describe, expect, it } from 'vitest';
import { gather, isRowMajor, layoutEnd, rowMajorStrides } from './strided.ts';

describe('strided layouts', () => {
  it('know row-major strides, their end, and that axes of one element do not count', () => {
    expect(rowMajorStrides([2, 3, 4])).toEqual([12, 4, 1]);
    expect(isRowMajor({ shape: [2, 1, 4], strides: [4, 77, 1], offset: 5 })).toBe(true);
    expect(isRowMajor({ shape: [2, 4], strides: [1, 2], offset: 0 })).toBe(false);
    expect(isRowMajor({ shape: [], strides: [], offset: 3 })).toBe(true);
    expect(layoutEnd({ shape: [2, 3], strides: [10, 2], offset: 5 })).toBe(20);
    expect(layoutEnd({ shape: [2, 0], strides: [10, 2], offset: 5 })).toBe(0);
    expect(layoutEnd({ shape: [], strides: [], offset: 5 })).toBe(6);
  });

  // Elements of every width, from bytes that begin at every offset within a word.
  const cases = [1, 2, 4, 8].flatMap((itemSize) => [0, 1, 2, 3].map((shift) => [itemSize, shift] as const));
  it.each(cases)('are gathered from elements of %i bytes at byte offset %i', (itemSize, shift) => {
    const source = Uint8Array.from({ length: shift + 40 * itemSize }, (_, i) => i * 5).subarray(shift);
    const layout = { shape: [2, 3, 2], strides: [1, 7, 3], offset: 4 };
    const expected: number[] = [];
    for (let i = 0; i < 2; i++) {
      for (let j = 0; j < 3; j++) {
        for (let k = 0; k < 2; k++) {
          const at = (4 + i + 7 * j + 3 * k) * itemSize;
          expected.push(...source.subarray(at, at + itemSize));
        }
      }
    }
    expect([...gather(source, itemSize, layout)]).toEqual(expected);
  });

  it('are gathered from a scalar and from nothing', () => {
    const source = Uint8Array.of(1, 2, 3, 4);
    expect([...gather(source, 1, { shape: [], strides: [], offset: 2 })]).toEqual([3]);
    expect([...gather(source, 1, { shape: [3, 0], strides: [1, 1], offset: 2 })]).toEqual([]);
  });
});
